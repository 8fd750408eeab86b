from urllib.parse import parse_qs, urlsplit

from js import Object, WebSocketPair, WebSocketRequestResponsePair
from pyodide.ffi import to_js
from workers import DurableObject, Response, WorkerEntrypoint


class Room(DurableObject):
    def __init__(self, ctx, env):
        super().__init__(ctx, env)
        ctx.storage.sql.exec(
            "CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY, text TEXT)"
        )

    async def say(self, text):
        self.ctx.storage.sql.exec("INSERT INTO messages (text) VALUES (?)", text)
        await self.ctx.storage.put("last", text)

    async def texts(self):
        rows = self.ctx.storage.sql.exec("SELECT text FROM messages").toArray()
        return [row["text"] for row in rows]

    async def put(self, key, value):
        await self.ctx.storage.put(key, value)

    async def get(self, key):
        return await self.ctx.storage.get(key)

    async def wake(self, at):
        await self.ctx.storage.setAlarm(at)

    async def fetch(self, request):
        query = parse_qs(urlsplit(request.url).query)
        client, server = WebSocketPair.new().object_values()
        self.ctx.acceptWebSocket(server, to_js(query.get("tag", [])))
        if "name" in query:
            server.serializeAttachment(Object.fromEntries([["name", query["name"][0]]]))
        answer = WebSocketRequestResponsePair.new("ping", "pong")
        self.ctx.setWebSocketAutoResponse(answer)
        return Response(None, status=101, web_socket=client)

    async def alarm(self):
        await self.ctx.storage.put("woken", True)


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        return await self.env.ROOM.getByName("lobby").fetch(request)
