import asyncio

import sibling
from objects import (  # noqa: F401
    Counter,
    FailingConstructor,
    Initialized,
    NoHandlers,
)
from workers import Request, Response, WorkerEntrypoint, wait_until

loaded_at = sibling.NAME
requests = []


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        requests.append(request)
        path = request.url.removeprefix("https://example.com")
        return await getattr(self, path.strip("/").partition("?")[0] or "home")(request)

    async def home(self, request):
        return Response(await self.env.KV.get("page") or "nothing")

    async def echo(self, request):
        return Response.json(
            {
                "method": str(request.method),
                "type": request.headers.get("content-type"),
                "x": request.headers.get("x"),
                "body": await request.text(),
            },
            status=201,
            headers={"x-made-by": "echo"},
        )

    async def later(self, request):
        async def write():
            await asyncio.sleep(0)
            await self.env.KV.put("later", "done")

        self.ctx.waitUntil(write())
        wait_until(self.env.KV.put("later too", "done"))
        return Response("soon")

    async def fails_later(self, request):
        async def fail():
            raise LookupError("too late")

        self.ctx.waitUntil(fail())
        return Response("soon")

    async def wrong_wait(self, request):
        self.ctx.waitUntil(5)

    async def fails(self, request):
        raise ValueError("broken")

    async def no_response(self, request):
        return "just text"

    async def forwards(self, request):
        return await self.home(Request("https://elsewhere.example/"))


class Other(WorkerEntrypoint):
    pass
