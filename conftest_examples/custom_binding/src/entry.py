from workers import Response, WorkerEntrypoint


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        text = await request.text()
        if len(text) > self.env.LONGEST:
            return Response("That is too long.", status=413)
        return Response(await self.summary(text))

    async def summary(self, text):
        known = await self.env.SUMMARIES.get(text)
        if known is not None:
            return known
        answer = await self.env.AI.run(self.env.MODEL, {"input_text": text})
        await self.env.SUMMARIES.put(text, answer["summary"])
        return answer["summary"]
