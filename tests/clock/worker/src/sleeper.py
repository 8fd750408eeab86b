"""A Worker that waits in every way there is; `log` says when it woke, in seconds."""

import asyncio
import time

from js import (
    WebSocketPair,
    WebSocketRequestResponsePair,
    clearInterval,
    setInterval,
    setTimeout,
)
from pyodide.ffi import create_proxy
from workers import DurableObject, Response, WorkerEntrypoint

log = []
gate = None


def note(what):
    log.append((what, round(time.time(), 6)))


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        if request.headers.get("upgrade"):
            return await self.env.BELLS.getByName("bell").fetch(request)
        name = request.url.rpartition("/")[2]
        return Response(str(await getattr(self, name)()))

    async def now(self):
        return time.time()

    async def sleeps(self):
        await asyncio.sleep(3600)
        note("slept")
        return "slept"

    async def times_out(self):
        try:
            await asyncio.wait_for(asyncio.Event().wait(), 60)
        except TimeoutError:
            note("timed out")
        try:
            async with asyncio.timeout(60):
                await asyncio.Event().wait()
        except TimeoutError:
            note("timed out again")

    async def calls_later(self):
        loop = asyncio.get_running_loop()
        loop.call_later(30, note, "later")
        loop.call_at(loop.time() + 20, note, "at")
        loop.call_later(10, note, "never").cancel()
        setTimeout(create_proxy(lambda: note("timeout")), 40_000)
        done = asyncio.Event()
        loop.call_later(50, done.set)
        await done.wait()
        note("event")

    async def has_an_interval(self):
        done = asyncio.Event()

        def tick():
            note("interval")
            if len(log) == 3:
                clearInterval(number)
                done.set()

        number = setInterval(create_proxy(tick), 10_000)
        await done.wait()

    async def ticks(self):
        for _ in range(3):
            await asyncio.sleep(10)
            note("tick")

    async def leaves_a_task(self):
        async def write():
            await asyncio.sleep(60)
            await self.env.KV.put("later", "written")
            note("written")

        self.ctx.waitUntil(write())

    async def gathers(self):
        async def one(seconds):
            await asyncio.sleep(seconds)
            note(seconds)

        await asyncio.gather(one(3), one(1), asyncio.shield(one(2)))
        await asyncio.wait([asyncio.create_task(one(2)), asyncio.create_task(one(1))])
        async with asyncio.TaskGroup() as group:
            group.create_task(one(2))
            group.create_task(one(1))
        note("all")

    async def waits_for_the_test(self):
        await gate

    async def waits_for_the_test_and_sleeps(self):
        await gate
        note("answered")
        await asyncio.sleep(10)
        note("slept")

    async def spins(self):
        while True:
            await asyncio.sleep(0)

    async def rearms(self):
        loop = asyncio.get_running_loop()

        def again():
            loop.call_later(0, again)

        again()

    async def cleans_up(self):
        try:
            await asyncio.sleep(3600)
        finally:
            await self.env.KV.put("cleaned", "up")
            note("cleaned up")

    async def writes_for_hours(self):
        """A session that expires, and a task that notes in SQL when it wakes."""
        await self.env.DB.exec("CREATE TABLE notes (what TEXT, at TEXT)")
        await self.env.KV.put("short", "v", expirationTtl=3600)
        await self.env.KV.put("long", "v", expirationTtl=18_000)

        async def note_in_sql():
            for pause in (30, 45, 15, 200):
                await asyncio.sleep(pause * 60)
                await (
                    self.env.DB.prepare("INSERT INTO notes VALUES (?, datetime('now'))")
                    .bind(f"after {pause}")
                    .run()
                )
                await self.env.KV.put(f"after {pause}", "v", expirationTtl=3600)

        self.ctx.waitUntil(note_in_sql())

    async def shares_a_lock(self):
        lock, queue = asyncio.Lock(), asyncio.Queue()

        async def hold():
            async with lock:
                await asyncio.sleep(10)
                queue.put_nowait("let go")

        async def take():
            await asyncio.sleep(1)
            async with lock:
                note("taken")

        tasks = [asyncio.create_task(hold()), asyncio.create_task(take())]
        note(await queue.get())
        await asyncio.gather(*tasks)


class Bell(DurableObject):
    """Rings in regular intervals, by an alarm that sets the next one."""

    async def fetch(self, request):
        client, server = WebSocketPair.new()
        self.ctx.acceptWebSocket(server)
        self.ctx.setWebSocketAutoResponse(
            WebSocketRequestResponsePair.new("ping", "pong")
        )
        return Response(None, status=101, web_socket=client)

    async def answered_at(self):
        [socket] = self.ctx.getWebSockets()
        return self.ctx.getWebSocketAutoResponseTimestamp(socket).getTime()

    async def ring_every(self, milliseconds):
        await self.ctx.storage.put("every", milliseconds)
        await self.ctx.storage.setAlarm(round(time.time() * 1000) + milliseconds)

    async def rings(self):
        return await self.ctx.storage.get("rings") or 0

    async def alarm(self, info):
        await self.ctx.storage.put("rings", await self.rings() + 1)
        note("ring")
        every = await self.ctx.storage.get("every")
        if every < 0:
            raise ValueError("broken bell")
        await self.ctx.storage.setAlarm(info.scheduledTime + every)

    async def sleeps(self):
        await asyncio.sleep(3600)
        note("slept")
        return "slept"
