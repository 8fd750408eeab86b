from urllib.parse import unquote, urlsplit

from workers import Response, WorkerEntrypoint


class Default(WorkerEntrypoint):
    """GET / lists what is in stock; POST /title sells one copy."""

    async def fetch(self, request):
        if request.method == "POST":
            return await self.sell(unquote(urlsplit(request.url).path[1:]))
        found = await self.env.DB.prepare(
            "SELECT count(*) AS titles, total(stock) AS copies FROM books"
            " WHERE stock > 0"
        ).first()
        return Response.json({"titles": found["titles"], "copies": found["copies"]})

    async def sell(self, title):
        sold = (
            await self.env.DB.prepare(
                "UPDATE books SET stock = stock - 1 WHERE title = ? AND stock > 0"
            )
            .bind(title)
            .run()
        )
        if not sold["meta"]["changes"]:
            return Response("not in stock", status=409)
        price = await self.env.PRICES.get(title) or await self.env.PRICES.get("default")
        return Response(f"{price} cents")
