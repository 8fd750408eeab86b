"""Python's own time while a test has frozen or travelled: all that knows freezegun.

freezegun's own start looks at every module, which takes milliseconds. Here it changes
`time`, `datetime`, `uuid` and asyncio only; the other modules are looked at once and
remembered, and only what was imported or changed since is looked at again.
"""

import sys
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import ModuleType, SimpleNamespace
from typing import Any, Final

from .instants import to_datetime
from .module_names import ModuleNames

_EPOCH: Final = datetime(1970, 1, 1)
# perf_counter stays real: pytest and Hypothesis measure tests by it.
_PATCHED: Final = (
    *("time", "time_ns", "monotonic", "monotonic_ns", "localtime", "gmtime"),
    *("strftime", "date", "datetime"),
)


class PythonTime:
    """Has Python's clocks show `now_us()`, epoch microseconds, while it is started."""

    def __init__(self, now_us: Callable[[], int]) -> None:
        self._now_us = now_us
        self._freezer: Any = None
        self._names: ModuleNames | None = None

    def _instant(self) -> datetime:
        """What freezegun asks for: naive, in UTC."""
        return _EPOCH + timedelta(microseconds=self._now_us())

    def owner(self) -> str | None:
        """Whose time it is, if the test uses freezegun or time-machine itself."""
        factories = _freezegun_factories()
        if factories and factories[-1] != self._instant:
            return "freezegun"
        return "time-machine" if _travellers() else None

    def machine_us(self) -> int:
        """What the clock of the machine says, in epoch microseconds."""
        read = time.time if self._freezer is None else self._api.real_time
        return round(read() * 1_000_000)

    def owner_us(self) -> int:
        """What another owner has Python say, in epoch microseconds."""
        return round(time.time() * 1_000_000)

    def move_owner(self, instant_us: int) -> None:
        """Have another owner's time be this instant."""
        if self.owner() == "freezegun":
            target = to_datetime(instant_us)
            _freezegun_factories()[-1].move_to(target)
        else:
            behind = timedelta(microseconds=instant_us - self.owner_us())
            _travellers()[-1].shift(behind)

    @property
    def _api(self) -> Any:
        return sys.modules["freezegun.api"]

    def start(self) -> None:
        """Change Python's clocks; nothing happens if they are ours already."""
        if self._freezer is not None:
            return
        from freezegun import api, freeze_time

        freezer: Any = freeze_time(_EPOCH.replace(tzinfo=UTC), real_asyncio=True)
        # freezegun's list has beginnings of names, so that it leaves queue_consumer
        # out with queue; and it inspects the call stack at every reading.
        freezer.ignore = ()
        with _narrowed(api):
            freezer.start()
        for cls in _loops_with_a_time_of_their_own():
            freezer.undo_changes.append((cls, "time", vars(cls)["time"]))
            cls.time = _real_loop_time
        _forget_last_uuids()
        api.freeze_factories[-1] = self._instant  # type: ignore[call-overload]
        time.perf_counter = api.real_perf_counter
        time.perf_counter_ns = api.real_perf_counter_ns
        self._freezer = freezer
        if self._names is None:
            self._names = ModuleNames(_replacements(api))
        self._names.replace()

    def stop(self) -> None:
        """Give Python its own clocks back, without a trace.

        A freezegun that the test started after ours must end before it: until then
        ours stays, in real time.
        """
        freezer = self._freezer
        if freezer is None or self.owner() == "freezegun":
            return
        with _narrowed(self._api):
            freezer.stop()
        self._freezer = None
        _forget_last_uuids()
        if getattr(time, "clock", self) is None:
            del time.clock  # type: ignore[attr-defined]
        assert self._names is not None
        self._names.restore()

    @contextmanager
    def real(self) -> Iterator[None]:
        """Python's own clocks meanwhile, where they are ours."""
        if self._freezer is None or self.owner() is not None:
            yield
            return
        self.stop()
        try:
            yield
        finally:
            self.start()


@contextmanager
def _narrowed(api: Any) -> Iterator[None]:
    """Keep freezegun from looking at the modules, as ModuleNames does that.

    And have it change all of asyncio's loops, not those of one class, for which it
    would have to make one.
    """
    import asyncio

    api.sys = SimpleNamespace(modules={})
    api.asyncio = SimpleNamespace(new_event_loop=asyncio.BaseEventLoop)
    try:
        yield
    finally:
        api.sys, api.asyncio = sys, asyncio


def _loops_with_a_time_of_their_own() -> Iterator[Any]:
    """Classes of loops for which changing that of BaseEventLoop does nothing.

    freezegun leaves asyncio's own loop as one of them, once a test has used it with
    `real_asyncio`: it puts back what the class had only inherited.
    """
    import asyncio

    classes: list[type] = [asyncio.BaseEventLoop]
    while classes:
        subclasses: list[type] = classes.pop().__subclasses__()
        yield from (cls for cls in subclasses if "time" in vars(cls))
        classes += subclasses


def _real_loop_time(_loop: object) -> float:
    return float(sys.modules["freezegun.api"].real_monotonic())


def _forget_last_uuids() -> None:
    """Versions 6 and 7 would otherwise go on from a time that is over."""
    for name in ("_last_timestamp_v6", "_last_timestamp_v7"):
        if name in vars(uuid):
            setattr(uuid, name, None)


def _replacements(api: ModuleType) -> list[tuple[object, object]]:
    """What stands in modules, and what stands there while Python's time is ours."""
    fakes = {"date": "FakeDate", "datetime": "FakeDatetime"}
    return [
        (
            getattr(api, f"real_{name}"),
            getattr(api, fakes.get(name, f"fake_{name}")),
        )
        for name in _PATCHED
    ]


def _freezegun_factories() -> Sequence[Any]:
    api: Any = sys.modules.get("freezegun.api")
    return () if api is None else api.freeze_factories


def _travellers() -> Sequence[Any]:
    """time-machine's; before its version 3.6 they had another name."""
    module = sys.modules.get("time_machine")
    if module is None:
        return ()
    found = getattr(module, "traveller_stack", None)
    return getattr(module, "coordinates_stack", []) if found is None else found
