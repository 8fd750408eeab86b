from workers import Response, WorkerEntrypoint


class Default(WorkerEntrypoint):
    """Signs the guest book: PUT /name with the text as the body; DELETE /number."""

    async def fetch(self, request):
        subject = request.url.rpartition("/")[2]
        if request.method == "DELETE":
            await self.env.ENTRIES.delete(f"entry:{subject}")
            return Response("gone")
        count = len((await self.env.ENTRIES.list(prefix="entry:"))["keys"])
        text = await request.text()
        await self.env.ENTRIES.put(f"entry:{count + 1}", text, metadata={"by": subject})
        return Response("thank you")
