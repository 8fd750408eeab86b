"""The powers that a test has when its bindings are those of the real runtime."""

from typing import Any

from .cf import Cf

_OFFERED = frozenset(
    (
        *("env", "run", "now", "close", "reset", "calls", "provide", "storage"),
        *("fetch", "outbound", "scheduled", "settle", "websocket", "new_isolate"),
        *("dump", "diff", "seed"),
    )
)
_TIME = "the time of workerd is the real one, and cannot be stopped or moved"
_CODE = "classes of Durable Objects are written in Python, and do not run in workerd"
_STATE = "what workerd stores is seen by the bindings alone"
_REASONS = {
    **dict.fromkeys(("freeze", "travel", "travel_to", "due", "failed_alarms"), _TIME),
    **dict.fromkeys(("objects", "run_in", "run_alarm", "evict", "evict_all"), _CODE),
    **dict.fromkeys(("restore", "sqlite"), _STATE),
    "row_counts": "which row counts are sure is known of the embedded engine alone",
    "location": "KV is in one place there",
    "queue": "queues are not part of the backend",
    "sent": "queues are not part of the backend",
}


class CfOnWorkerd(Cf):
    """Skips the test, with the reason, at any power that cannot be had there."""

    def __getattribute__(self, name: str) -> Any:
        if not name.startswith("_") and name not in _OFFERED:
            reason = _REASONS.get(name, "the backend does not have it")
            session = object.__getattribute__(self, "_session")
            session.need_embedded(f"cf.{name}: {reason}")
        return super().__getattribute__(name)

    async def new_isolate(self) -> None:
        self._session.new_isolate()

    def reset(self) -> None:
        super().reset()
        self._session.seed_again()

    def storage(self, stub: Any) -> Any:
        """The storage of a Durable Object, as `self.ctx.storage` is in workerd.

        It is that of an object of the same kind, SQLite-backed or KV-backed, whose
        class has no code.
        """
        from ..workerd.object_storage import storage_of

        return storage_of(stub, self._session.active_environment())
