from workers import DurableObject, WorkerEntrypoint


class Scheduler(DurableObject):
    """Many reminders on the one alarm that an object has."""

    async def remind(self, key, text, at):
        """Send a text at an instant, in epoch milliseconds."""
        storage = self.ctx.storage
        await storage.put(f"reminder:{at:015}:{key}", {"key": key, "text": text})
        current = await storage.getAlarm()
        if current is None or at < current:
            await storage.setAlarm(at)

    async def alarm(self, info):
        storage = self.ctx.storage
        reminders = await storage.list(prefix="reminder:")
        for name, reminder in reminders.items():
            at = int(name.split(":")[1])
            if at > info.scheduledTime:
                await storage.setAlarm(at)
                return
            # The alarm may run again: sending has to be repeatable.
            await self.env.SENT.put(reminder["key"], reminder["text"])
            await storage.delete(name)


class Default(WorkerEntrypoint):
    pass
