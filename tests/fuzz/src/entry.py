"""Objects whose storage is used from outside."""

from workers import DurableObject


class Sql(DurableObject):
    async def alarm(self) -> None:
        """An alarm is set, read and deleted; none goes off."""


class Kvo(Sql):
    pass
