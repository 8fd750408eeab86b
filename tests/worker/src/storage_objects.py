"""Durable Objects that keep things: each method shows one behaviour of storage."""

from typing import Any

from workers import DurableObject


class OldNotebook(DurableObject):
    """A KV-backed class."""

    async def write(self, key: str, text: Any) -> None:
        await self.ctx.storage.put(key, text)

    async def read(self, key: Any) -> Any:
        return await self.ctx.storage.get(key)

    async def draft(self, key: str, text: Any, end: str) -> Any:
        """A transaction that commits, fails or is rolled back."""

        async def body(txn: Any) -> Any:
            await txn.put(key, text)
            if end == "fail":
                raise ValueError("no good")
            if end == "roll back":
                txn.rollback()
            return await self.ctx.storage.get(key)

        return await self.ctx.storage.transaction(body)


class Notebook(OldNotebook):
    """The same, SQLite-backed."""

    def query(self, sql: str, *bindings: Any) -> list[Any]:
        return [dict(row) for row in self.ctx.storage.sql.exec(sql, *bindings)]

    def keys_at_once(self) -> list[Any]:
        return [key for key, _ in self.ctx.storage.kv.list()]

    def fail_at_once(self) -> None:
        def body() -> None:
            self.ctx.storage.kv.put("inside", 1)
            self.ctx.storage.sql.exec("CREATE TABLE inside (a)")
            raise ValueError("no good")

        try:
            self.ctx.storage.transactionSync(body)
        except ValueError:
            self.ctx.storage.kv.put("after", 1)

    def return_unread(self) -> None:
        self.ctx.storage.sql.exec("INSERT INTO t VALUES (8), (9) RETURNING a").next()
