"""Reminders: one Durable Object a person, whose alarm is set for what comes first."""

import time
from urllib.parse import urlparse

from workers import DurableObject, Response, WorkerEntrypoint


class Reminders(DurableObject):
    def __init__(self, ctx, env):
        super().__init__(ctx, env)
        self.sql = ctx.storage.sql
        self.sql.exec(
            "CREATE TABLE IF NOT EXISTS reminders (at INTEGER, text TEXT,"
            " sent INTEGER NOT NULL DEFAULT 0)"
        )

    async def add(self, text, seconds):
        """Remind of a text in so many seconds."""
        at = round((time.time() + seconds) * 1000)
        self.sql.exec("INSERT INTO reminders (at, text) VALUES (?, ?)", at, text)
        await self._set_alarm()

    async def waiting(self):
        rows = self.sql.exec("SELECT text FROM reminders WHERE sent = 0 ORDER BY at")
        return [row.text for row in rows]

    async def alarm(self, info):
        """Send what is due; if the mailer fails the runtime calls again, later."""
        now = round(time.time() * 1000)
        due = self.sql.exec(
            "SELECT rowid AS id, text FROM reminders WHERE sent = 0 AND at <= ?", now
        ).toArray()
        for reminder in due:
            await self.env.MAIL.send(reminder.text)
            self.sql.exec("UPDATE reminders SET sent = 1 WHERE rowid = ?", reminder.id)
        await self._set_alarm()

    async def _set_alarm(self):
        first = self.sql.exec(
            "SELECT min(at) AS at FROM reminders WHERE sent = 0"
        ).one()
        if first.at is not None:
            await self.ctx.storage.setAlarm(first.at)


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        name = urlparse(request.url).path.removeprefix("/")
        reminders = self.env.REMINDERS.getByName(name)
        if request.method == "POST":
            wanted = await request.json()
            await reminders.add(wanted["text"], wanted["seconds"])
            return Response("You will be reminded", status=201)
        return Response.json(await reminders.waiting())
