from workers import Response, WorkerEntrypoint, fetch

SERVICE = "https://mail.example/send"


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        await self.env.MAILS.send({"to": await request.text()})
        return Response("accepted", status=202)

    async def queue(self, batch, env, ctx):
        for message in batch.messages:
            to = message.body["to"]
            response = await fetch(SERVICE, method="POST", body=to)
            if response.ok:
                await self.env.SENT.put(to, "sent")
                message.ack()
            else:
                message.retry(delaySeconds=60 * message.attempts)
