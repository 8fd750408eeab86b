"""Sessions in KV: they end after half an hour of silence, and after a day at most."""

import json
import secrets
import time
from urllib.parse import urlparse

from workers import Response, WorkerEntrypoint

SILENCE = 30 * 60
RENEWED_AFTER = 60
AT_MOST = 24 * 3600


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        path = urlparse(request.url).path
        if path == "/login":
            return await self.login((await request.json())["name"])
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        session = await self.session(token)
        if session is None:
            return Response("Log in first", status=401)
        if path == "/logout":
            await self.env.SESSIONS.delete(token)
            return Response("Goodbye")
        return Response.json({"name": session.name, "since": session.since})

    async def login(self, name):
        token, now = secrets.token_urlsafe(), time.time()
        await self.save(token, {"name": name, "since": now, "seen": now})
        return Response(token)

    async def session(self, token):
        """The session of a token; a minute after it was last seen it is renewed."""
        session = await self.env.SESSIONS.get(token, "json") if token else None
        if session is None:
            return None
        now = time.time()
        if now >= session.since + AT_MOST:
            await self.env.SESSIONS.delete(token)
            return None
        if now >= session.seen + RENEWED_AFTER:
            await self.save(token, {**session, "seen": now})
        return session

    async def save(self, token, session):
        text = json.dumps(session)
        await self.env.SESSIONS.put(token, text, expirationTtl=SILENCE)
