import asyncio

import sibling
from handlers import EventHandlers
from objects import (  # noqa: F401
    Counter,
    FailingConstructor,
    Initialized,
    NoHandlers,
)
from rooms import Deaf, Room  # noqa: F401
from storage_objects import Notebook, OldNotebook  # noqa: F401
from workers import Request, Response, WorkerEntrypoint, wait_until

loaded_at = sibling.NAME
requests = []


class Default(EventHandlers, WorkerEntrypoint):
    async def fetch(self, request):
        requests.append(request)
        path = request.url.removeprefix("https://example.com")
        return await getattr(self, path.strip("/").partition("?")[0] or "home")(request)

    async def home(self, request):
        return Response(await self.env.KV.get("page") or "nothing")

    async def room(self, request):
        return await self.env.ROOM.getByName("one").fetch(request)

    async def asgi(self, request):
        from workers import asgi

        return await asgi.websocket(echo, request, self.env)

    async def deaf(self, request):
        return await self.env.DEAF.getByName("one").fetch(request)

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


async def echo(scope, receive, send):
    """An ASGI application that echoes until the client is gone."""
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": message["text"]})
