"""What stands here for objects of the runtime: each use of one is a use over there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NoReturn

from ..calls import CallLog
from ..global_scope import GlobalScope
from ..javascript.arrays import JsArray
from ..javascript.errors import JsThrow, error
from ..javascript.objects import (
    ASYNC_ITERATOR,
    ITERATOR,
    Accessor,
    JsFunction,
    JsObject,
    PropertyKey,
    method,
)
from ..javascript.promises import JsPromise
from ..javascript.values import missing
from ..web.headers import Headers
from ..web.stream_readers import StreamReader
from ..web.streams import ReadableStream
from .connection import Connection
from .messages import Decoder, Encoder, SentStream

_SYMBOLS: dict[str, PropertyKey] = {
    "@@iterator": ITERATOR,
    "@@asyncIterator": ASYNC_ITERATOR,
}
# These do nothing that global scope forbids.
_NO_IO = frozenset(("prepare", "bind", "withSession", "getBookmark"))
# Code of theirs would have to run over there.
_TAKES_CODE = ("transaction", "transactionSync", "blockConcurrencyWhile")
_RECORDED = frozenset(
    (
        *("KvNamespace", "D1Database", "D1DatabaseSession", "D1PreparedStatement"),
        *("R2Bucket", "DurableObjectNamespace"),
    )
)


@dataclass(frozen=True, slots=True, eq=False)
class Binding:
    """A name that the runtime knows: `connect` gives the test's connection to it."""

    name: str
    connect: Callable[[], Connection]
    scope: GlobalScope
    skip: Callable[[str], NoReturn]
    calls: CallLog = field(default_factory=CallLog)


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """Where an object is: that of a binding, or one that a connection has given."""

    binding: Binding
    number: int | None = None
    connection: Connection | None = None

    def number_in(self, connection: Connection) -> int:
        """The object's number. Raises a JavaScript Error for one of another test."""
        if self.number is None:
            number: int = connection.root(self.binding.name)[0]
            return number
        if connection is not self.connection:
            raise error(
                f"This object of env.{self.binding.name} is of a test that has ended."
            )
        return self.number

    def request(
        self, operation: str, name: str = "", arguments: Sequence[object] = ()
    ) -> object:
        """What an operation gives over there: a promise of it if it is one there.

        Raises JsThrow with what it throws.
        """
        connection = self.binding.connect()
        holder = _Holder(self.binding, connection)
        encoder = Encoder(holder)
        message = {
            "operation": operation,
            "target": self.number_in(connection),
            "name": name,
            "values": [encoder.encode(argument) for argument in arguments],
        }
        answer = connection.ask(
            message, f"env.{self.binding.name}, {name or operation}"
        )
        _show_changes(arguments, answer.get("headers"))
        value = Decoder(holder).decode(answer["value"])
        match answer["kind"]:
            case "thrown":
                raise JsThrow(value)
            case "resolved":
                return JsPromise.resolved(value)
            case "rejected":
                return JsPromise.rejected(value)
        return value


class RemoteObject(JsObject):
    """An object of a class of the runtime. `own` are its own properties' names."""

    __slots__ = ("link", "own")

    class_name = "RemoteObject"

    def __init__(self, link: Link, own: frozenset[str]) -> None:
        super().__init__()
        self.link = link
        self.own = own

    def __repr__(self) -> str:
        return f"<{self.class_name} of workerd's env.{self.link.binding.name}>"

    @property
    def calls(self) -> CallLog | None:
        """What was called, of a binding."""
        return self.link.binding.calls if self.link.number is None else None

    def js_lookup(self, key: PropertyKey) -> object:
        if key in self.own and isinstance(key, str):
            return self.link.request("get", key)
        return super().js_lookup(key)

    def js_has(self, key: PropertyKey) -> bool:
        return key in self.own or super().js_has(key)

    def js_set(self, key: PropertyKey, value: object) -> None:
        if key in self.own and isinstance(key, str):
            self.link.request("set", key, (value,))
        else:
            super().js_set(key, value)

    def js_keys(self) -> list[str]:
        return sorted(self.own)

    def call(self, name: str, arguments: Sequence[object]) -> object:
        """Call a method; streams among its arguments are read before."""
        binding = self.link.binding
        if self.class_name in _RECORDED:
            binding.calls.record(name, arguments)
        if name not in _NO_IO:
            binding.scope.check()
        if name in _TAKES_CODE:
            binding.skip(f"{name}() cannot run a test's code inside of workerd")
        if any(isinstance(argument, ReadableStream) for argument in arguments):
            return JsPromise.run(self._call_with_streams(name, arguments))
        return self.link.request("call", name, arguments)

    async def _call_with_streams(
        self, name: str, arguments: Sequence[object]
    ) -> object:
        sent = [
            await _read(argument) if isinstance(argument, ReadableStream) else argument
            for argument in arguments
        ]
        answer = self.link.request("call", name, sent)
        return await answer if isinstance(answer, JsPromise) else answer


class RemoteStub(RemoteObject):
    """A stub of an object whose class is the user's: its code does not run there."""

    __slots__ = ()

    class_name = "DurableObject"

    def js_lookup(self, key: PropertyKey) -> object:
        if key in self.own or key in JsObject.members or not isinstance(key, str):
            return super().js_lookup(key)
        return missing if key == "then" else JsFunction(self._skip, key, RemoteStub)

    def _skip(self, *_arguments: object) -> NoReturn:
        self.link.binding.skip(
            f"the class of env.{self.link.binding.name} is written in Python, and its"
            " code does not run inside of workerd"
        )


class RemoteFunction(JsFunction):
    """A function of the runtime."""

    __slots__ = ("link",)

    def __init__(self, link: Link, name: str) -> None:
        super().__init__(self._invoke, name)
        self.link = link

    def _invoke(self, _this: object, *arguments: object) -> object:
        return self.link.request("invoke", "", arguments)


class RemoteStream(ReadableStream):
    """A stream of the runtime, which is read there chunk by chunk.

    It is locked there as it is here.
    """

    __slots__ = ("_reader", "link")

    class_name = "ReadableStream"

    def __init__(self, link: Link) -> None:
        self._reader: StreamReader | None = None
        self.link = link
        super().__init__(self._chunk, self._cancelled)

    @property
    def reader(self) -> StreamReader | None:
        return self._reader

    @reader.setter
    def reader(self, reader: StreamReader | None) -> None:
        if (self._reader is None) != (reader is None):
            self.link.request("lock", "", (reader is not None,))
        self._reader = reader

    @method
    def tee(self) -> JsArray:
        branches = self.link.request("call", "tee")
        assert isinstance(branches, JsArray)
        return branches

    async def _chunk(self) -> object:
        promise = self.link.request("read")
        assert isinstance(promise, JsPromise)
        step = await promise
        assert isinstance(step, JsObject)
        return missing if step.js_get("done") else step.js_get("value")

    def _cancelled(self, reason: object) -> object:
        return self.link.request("cancel", "", (reason,))


@cache
def class_of(
    name: str, methods: tuple[str, ...], getters: tuple[str, ...]
) -> type[RemoteObject]:
    """The class that stands here for one of the runtime's."""
    if name == RemoteStub.class_name:
        return RemoteStub
    made: type[RemoteObject] = type(
        name, (RemoteObject,), {"__slots__": (), "class_name": name}
    )
    for member in methods:
        key = _SYMBOLS.get(member, member)
        made.members[key] = JsFunction(_method(member), member, made)
    for member in getters:
        made.members[member] = Accessor(_getter(member))
    return made


def _method(name: str) -> Callable[..., object]:
    def call(this: RemoteObject, *arguments: object) -> object:
        return this.call(name, arguments)

    return call


def _getter(name: str) -> Callable[[JsObject], object]:
    def read(this: JsObject) -> object:
        assert isinstance(this, RemoteObject)
        return this.link.request("get", name)

    return read


def root(binding: Binding) -> RemoteObject:
    """What stands for the object of a binding, for good."""
    _, name, methods, getters, own = binding.connect().root(binding.name)
    cls = class_of(name, tuple(methods), tuple(getters))
    return cls(Link(binding), frozenset(own))


class _Holder:
    """The objects of a connection, as the messages to it name them."""

    def __init__(self, binding: Binding, connection: Connection) -> None:
        self._binding = binding
        self._connection = connection

    def number_of(self, value: JsObject) -> int | None:
        if isinstance(value, (RemoteObject, RemoteFunction, RemoteStream)):
            return value.link.number_in(self._connection)
        return None

    def instance(self, description: Sequence[Any]) -> JsObject:
        number, name, methods, getters, own = description
        cls = class_of(name, tuple(methods), tuple(getters))
        return self._kept(number, lambda link: cls(link, frozenset(own)))

    def function(self, description: Sequence[Any]) -> JsObject:
        return self._kept(
            description[0], lambda link: RemoteFunction(link, description[1])
        )

    def stream(self, number: int) -> JsObject:
        return self._kept(number, RemoteStream)

    def _kept(self, number: int, make: Callable[[Link], JsObject]) -> JsObject:
        """What stands for an object, the same one each time."""
        known = self._connection.objects
        if number not in known:
            known[number] = make(Link(self._binding, number, self._connection))
        return known[number]


async def _read(stream: ReadableStream) -> object:
    """A copy of a stream, in the same state, for the other side."""
    if isinstance(stream, RemoteStream):
        return stream
    if stream.reader is not None or stream.disturbed:
        return SentStream(b"", True, "disturbed" if stream.reader is None else "locked")
    length = stream.length
    return SentStream(
        await stream.read_bytes(text_too=False), length is not None, "new"
    )


def _show_changes(arguments: Sequence[object], headers: Any) -> None:
    """Show in Headers of ours what was set in their copies over there."""
    for argument, fields in zip(arguments, headers or (), strict=False):
        if isinstance(argument, Headers) and fields is not None:
            argument.become([(name, value) for name, value in fields])
