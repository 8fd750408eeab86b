"""A Durable Object with WebSockets for the tests: messages are commands."""

import asyncio
from typing import Any

from js import WebSocketPair
from pyodide.ffi import create_proxy, to_js
from workers import DurableObject, Response


class Room(DurableObject):
    def __init__(self, ctx: Any, env: Any) -> None:
        super().__init__(ctx, env)
        self.seen: list[Any] = []
        self.answer: tuple[Any, ...] | None = (1000, "answered")
        self.woke_with = [
            (ws.deserializeAttachment(), ctx.getTags(ws).to_py(), ws.readyState)
            for ws in ctx.getWebSockets()
        ]

    async def fetch(self, request: Any) -> Response:
        _, _, mode = request.url.partition("?")
        client, server = WebSocketPair.new()
        if mode == "again":
            client = self.client
        self.client, self.server = client, server
        if mode == "standard":
            self.listen(server)
        elif mode == "accepted":
            client.accept()
        elif mode == "hibernatable":
            self.ctx.acceptWebSocket(client)
        else:
            self.ctx.acceptWebSocket(server, to_js([mode or "plain"]))
            server.serializeAttachment("attached")
        return Response(None, status=101, web_socket=client)

    def listen(self, server: Any) -> None:
        server.accept()
        received = create_proxy(lambda event: self.standard_message(server, event))
        closed = create_proxy(lambda event: self.seen.append([event.code]))
        server.addEventListener("message", received)
        server.addEventListener("close", closed)

    def standard_message(self, server: Any, event: Any) -> None:
        self.ctx.storage.kv.put("last", event.data)
        server.send(f"heard {event.data}")

    async def webSocketMessage(self, ws: Any, message: Any) -> None:
        self.seen.append(message if isinstance(message, str) else message.to_bytes())
        command = getattr(self, f"do_{message}", None)
        if command is None:
            ws.send(message)
        else:
            await command(ws)

    async def do_close(self, ws: Any) -> None:
        ws.close(4000, "enough")

    async def do_raise(self, ws: Any) -> None:
        raise ValueError("in the handler")

    async def do_abort(self, ws: Any) -> None:
        ws.send("never leaves")
        self.ctx.abort("gone")

    async def do_slow(self, ws: Any) -> None:
        await asyncio.sleep(0.01)
        ws.send("slow")

    async def do_never(self, ws: Any) -> None:
        await asyncio.Event().wait()

    async def do_violate(self, ws: Any) -> None:
        sql = self.ctx.storage.sql
        sql.exec("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        sql.exec("CREATE TABLE child (parent INTEGER REFERENCES parent)")
        sql.exec("PRAGMA defer_foreign_keys = on")
        sql.exec("INSERT INTO child VALUES (7)")
        ws.send("never leaves")

    async def webSocketClose(self, ws: Any, code: int, reason: str, clean: bool) -> Any:
        before = len(self.ctx.getWebSockets())
        await self.ctx.storage.sync()
        listed = [before, len(self.ctx.getWebSockets())]
        self.seen.append([code, reason, clean, ws.readyState, listed])
        if self.answer is not None:
            ws.close(*self.answer)

    async def webSocketError(self, ws: Any, error: Any) -> None:
        self.seen.append([str(error), ws.readyState])


class Deaf(DurableObject):
    """Accepts WebSockets and has no handlers for them."""

    async def fetch(self, request: Any) -> Response:
        client, server = WebSocketPair.new()
        self.ctx.acceptWebSocket(server)
        return Response(None, status=101, web_socket=client)
