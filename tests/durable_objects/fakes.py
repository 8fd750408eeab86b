"""An object's life, as far as its storage has to know of it."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from pytest_cfbindings.clock import Clock
from pytest_cfbindings.durable_objects.storage import DurableObjectStorage
from pytest_cfbindings.durable_objects.store import ObjectStore
from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.buffers import JsArrayBuffer
from pytest_cfbindings.javascript.conversions import to_string
from pytest_cfbindings.javascript.errors import JsThrow, error
from pytest_cfbindings.javascript.maps import JsMap
from pytest_cfbindings.javascript.objects import JsFunction, JsObject, native
from pytest_cfbindings.javascript.promises import JsPromise
from pytest_cfbindings.javascript.values import null


class FakeGate:
    """Lets one critical section run at a time, and those inside of it at once."""

    def __init__(self) -> None:
        self.writes = 0
        self.reason: Exception | None = None
        self._lock = asyncio.Lock()
        self._inside: asyncio.Task[object] | None = None

    def check(self) -> None:
        if self.reason is not None:
            raise error("Durable Object storage is no longer accessible.")

    def wrote(self) -> None:
        self.writes += 1

    def exclusively(self, body: Callable[[], Awaitable[object]]) -> Awaitable[object]:
        return self._run(body, self._inside is not None)

    async def _run(self, body: Callable[[], Awaitable[object]], nested: bool) -> object:
        await asyncio.sleep(0)
        if nested:
            return await body()
        async with self._lock:
            self._inside = asyncio.current_task()
            try:
                return await body()
            finally:
                self._inside = None

    def reset(self, error: Exception) -> None:
        self.reason = error


class FakeAlarm:
    """An alarm that never fires."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def get(self) -> int | None:
        return self._store.alarm_ms()

    def set(self, at_ms: int) -> None:
        self._store.write_alarm(at_ms)

    def delete(self) -> None:
        self._store.write_alarm(None)


class Instance:
    """The storage of one instance of a class, with what is behind it."""

    def __init__(
        self,
        *,
        sqlite: bool = True,
        delete_all_deletes_alarm: bool = True,
        point_in_time: bool = False,
        clock: Clock | None = None,
    ) -> None:
        self.store = ObjectStore(
            Clock() if clock is None else clock,
            sqlite=sqlite,
            delete_all_deletes_alarm=delete_all_deletes_alarm,
            point_in_time=point_in_time,
        )
        self.start()

    def start(self) -> None:
        """Make another instance over the same store."""
        self.gate = FakeGate()
        self.store.attach(self.gate)
        self.store.begin_session()
        self.storage = DurableObjectStorage(
            self.store, self.gate, FakeAlarm(self.store)
        )
        self.sql = self.storage.sql()
        self.kv = self.storage.kv()

    def end_turn(self) -> bool:
        return self.store.commit()

    def rows(self, query: str, *bindings: object) -> object:
        """All rows of a query, as plain Python."""
        return plain(self.sql.exec(query, *bindings).toArray())

    def keys(self) -> list[object]:
        """All keys, in order."""
        listed = value(self.storage.list())
        assert isinstance(listed, JsMap)
        return [key for key, _ in listed.items()]


def value(promise: JsPromise) -> object:
    """What a promise that is settled from the start holds. Raises JsThrow."""
    assert promise.settled, "the storage's promises are settled at the call"
    if promise.state == "rejected":
        raise JsThrow(promise.outcome)
    return promise.outcome


def refusal(call: Callable[..., object], *arguments: object) -> str:
    """The error that a method rejects with, or throws, as text."""
    with pytest.raises(JsThrow) as caught:
        _result(call(*arguments))
    return to_string(caught.value.value)


def _result(given: object) -> object:
    return value(given) if isinstance(given, JsPromise) else given


def plain(given: object) -> object:
    """A JavaScript value as Python's own."""
    match given:
        case JsArray():
            return [plain(item) for item in given.items]
        case JsMap():
            return {plain(key): plain(item) for key, item in given.items()}
        case JsArrayBuffer():
            return given.to_bytes()
        case JsObject():
            return {name: plain(given.js_get(name)) for name in given.js_keys()}
    return "null" if given is null else given


def options(**named: object) -> JsObject:
    """An options object."""
    return JsObject({**named})


def callback(function: Callable[..., object]) -> JsFunction:
    """A function; an asynchronous one gives a promise."""

    def call(*arguments: object) -> object:
        result = function(*arguments)
        return JsPromise.run(result) if asyncio.iscoroutine(result) else result

    return native(lambda *arguments: call(*arguments))
