from workers import DurableObject, WorkerEntrypoint


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

    async def alarm(self):
        await self.ctx.storage.put("woken", True)


class Default(WorkerEntrypoint):
    pass
