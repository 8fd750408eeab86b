from workers import DurableObject


class Counter(DurableObject):
    async def add(self):
        value = (await self.ctx.storage.get("value") or 0) + 1
        await self.ctx.storage.put("value", value)
        return value
