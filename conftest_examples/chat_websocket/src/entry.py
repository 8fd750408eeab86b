import json

from js import Object, WebSocketPair, WebSocketRequestResponsePair
from pyodide.ffi import to_js
from workers import DurableObject, Response, WorkerEntrypoint


def to_object(value):
    return to_js(value, dict_converter=Object.fromEntries)


class ChatRoom(DurableObject):
    """A room whose members stay connected while it hibernates."""

    def __init__(self, ctx, env):
        super().__init__(ctx, env)
        ctx.setWebSocketAutoResponse(WebSocketRequestResponsePair.new("ping", "pong"))

    async def fetch(self, request):
        name = request.url.rpartition("?name=")[2]
        client, server = WebSocketPair.new().object_values()
        self.ctx.acceptWebSocket(server, to_js([name]))
        server.serializeAttachment(to_object({"name": name, "sent": 0}))
        self.broadcast({"joined": name})
        return Response(None, status=101, web_socket=client)

    async def webSocketMessage(self, ws, message):
        member = ws.deserializeAttachment().to_py()
        member["sent"] += 1
        ws.serializeAttachment(to_object(member))
        said = json.loads(message)
        receivers = self.ctx.getWebSockets(said["to"]) if "to" in said else None
        self.broadcast(
            {"from": member["name"], "text": said["text"], "number": member["sent"]},
            receivers,
        )

    async def webSocketClose(self, ws, code, reason, was_clean):
        ws.close(1000, "bye")
        self.broadcast({"left": ws.deserializeAttachment().name})

    def broadcast(self, message, receivers=None):
        for ws in receivers or self.ctx.getWebSockets():
            if ws.readyState == 1:
                ws.send(json.dumps(message))


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        if request.headers.get("Upgrade") != "websocket":
            return Response("Expected Upgrade: websocket", status=426)
        name = request.url.partition("?")[0].rpartition("/")[2]
        return await self.env.ROOMS.getByName(name).fetch(request)
