"""A Worker with annotations: a line that is wrong says so, `# wrong: by which rule`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from workers import DurableObject, Response, WorkerEntrypoint

if TYPE_CHECKING:
    from worker_env import Env

    from pytest_cfbindings.typing import (
        AlarmInfo,
        DurableObjectNamespace,
        DurableObjectState,
        DurableObjectStub,
        MessageBatch,
    )

    class RoomStub(DurableObjectStub):
        async def say(self, text: str) -> int: ...


class Room(DurableObject):
    def __init__(self, ctx: DurableObjectState, env: Env) -> None:
        super().__init__(ctx, env)
        self.storage = ctx.storage

    def say(self, text: str) -> int:
        sql = self.storage.sql
        row = sql.exec("INSERT INTO said VALUES (?) RETURNING id", text).one()
        sql.exec("INSERT INTO said VALUES (?)", {"text": text})  # wrong: arg-type
        self.storage.kv.get("last", "text")  # wrong: call-arg
        return int(row["id"])

    async def alarm(self, info: AlarmInfo) -> None:
        if not info.isRetry:
            await self.storage.setAlarm(info.scheduledTime + 60_000)
        await self.storage.setAlarm("tomorrow")  # wrong: arg-type
        await self.storage.set_alarm(1)  # wrong: attr-defined


class Default(WorkerEntrypoint):
    env: Env

    async def kv(self) -> str:
        cache = self.env.CACHE
        await cache.put("k", "v", expirationTtl=60, metadata={"a": 1})
        await cache.put("k", b"v", {"expirationTtl": 60})
        await cache.put("k", "v", expiration_ttl=60)  # wrong: call-overload
        await cache.put("k", "v", expirationTtl=None)  # wrong: call-overload
        await cache.put("k", "v", {"expiration_ttl": 60})  # wrong: call-overload
        await cache.put("k", {"a": 1})  # wrong: call-overload
        await cache.put("k", bytearray(b"v"))  # wrong: call-overload
        await cache.get(key="k")  # wrong: call-overload
        await cache.get("k", "blob")  # wrong: call-overload
        text = await cache.get("k")
        text.upper()  # wrong: union-attr
        data = await cache.get("k", type="arrayBuffer")
        size = 0 if data is None else data.nbytes
        found = await cache.getWithMetadata("k")
        page = await cache.list(prefix="user:", limit=10)
        names = [key.name for key in page["keys"]]
        page.keys[0]  # wrong: index
        print(page.list_completed)  # wrong: attr-defined
        several = await cache.get(["a", "b"])
        return f"{text}{size}{found.value}{names}{several['a']}"

    async def d1(self) -> int:
        statement = self.env.DB.prepare("SELECT ? AS n").bind(1)
        result = await statement.all()
        total = sum(row.n for row in result.results) + result.meta.rows_read
        first = await statement.first()
        first["n"]  # wrong: index
        self.env.DB.prepare("SELECT ?").bind((1, 2))  # wrong: arg-type
        print(result.meta.rows_reads)  # wrong: attr-defined
        await self.env.DB.batch([statement, "SELECT 1"])  # wrong: list-item
        await self.env.DB.query("SELECT 1")  # wrong: attr-defined
        return int(total)

    async def r2(self) -> str:
        stored = await self.env.FILES.put(
            "k", b"v", httpMetadata={"contentType": "text/plain"}
        )
        at_most_once = await self.env.FILES.put(
            "k", "v", onlyIf={"etagDoesNotMatch": "*"}
        )
        print(at_most_once.etag)  # wrong: union-attr
        found = await self.env.FILES.get("k")
        print(found.etag)  # wrong: union-attr
        text = "" if found is None else await found.text()
        page = await self.env.FILES.list(include=["customMetadata"])
        await self.env.FILES.list(include=["custom_metadata"])  # wrong: list-item
        return stored.httpEtag + text + page.objects[0].key

    async def others(self) -> bool:
        rooms = cast("DurableObjectNamespace[RoomStub]", self.env.ROOMS)
        number = await rooms.getByName("lobby").say("hello")
        await rooms.getByName("lobby").say(1)  # wrong: arg-type
        rooms.get("lobby")  # wrong: arg-type
        await self.env.ROOMS.getByName("lobby").whatever(number)
        await self.env.MAILS.send({"to": "a"}, delaySeconds=60)
        await self.env.MAILS.send({"to": "a"}, delay_seconds=60)  # wrong: call-arg
        response = await self.env.OTHER.fetch("https://other.example/")
        outcome = await self.env.LIMIT.limit(key="a")
        print(self.env.TYPO)  # wrong: attr-defined
        return outcome.success and response.status == self.env.LARGEST

    async def queue(self, batch: MessageBatch) -> None:
        for message in batch.messages:
            message.retry(delaySeconds=60 * message.attempts)
            message.done()  # wrong: attr-defined

    async def fetch(self) -> Response:
        await self.env.AI.run("model", {})
        return Response(self.env.GREETING + self.env.FEATURES.dark)
