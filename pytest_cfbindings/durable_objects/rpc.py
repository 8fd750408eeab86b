"""What travels between objects: copies of values, and functions and stubs by reference.

Clones are made as structured clone makes them; what it refuses and RPC sends, and the
other way round, was measured on workerd.
"""

from collections.abc import Awaitable, Callable, Sequence

from ..io_context import IoContext
from ..javascript.arrays import JsArray
from ..javascript.conversions import to_string
from ..javascript.errors import STOPS, DOMException, JsError, JsThrow, error
from ..javascript.objects import JsFunction, JsObject
from ..javascript.promises import JsPromise, promise_of, reason_of
from ..javascript.structured_clone import (
    Cloning,
    error_class,
    structured_clone,
    unserializable,
)
from ..javascript.v8_writer import serialized_size
from ..javascript.values import JsBigInt, undefined
from ..limits import DO_RPC_BYTES
from ..web.blobs import Blob, File
from ..web.form_data import FormData
from ..web.readable_streams import ReadableStream
from ..web.request import Request
from ..web.response import Response

_FLAGS = ("remote", "retryable", "overloaded", "durableObjectReset")
"""What the runtime says of an error, and passes on."""

Deliver = Callable[[Callable[[], Awaitable[object]]], JsPromise]
"""Runs something where a function came from."""


class RpcFunction(JsFunction):
    """A function on the other side; calling it gives a promise.

    It can be used until the call that brought it has ended.
    """

    __slots__ = ("_deliver", "_target", "is_disposed")

    class_name = "RpcStub"

    def __init__(self, target: JsFunction, deliver: Deliver) -> None:
        super().__init__(self._call_over, target.name)
        self._target = target
        self._deliver = deliver
        self.is_disposed = False

    def js_to_string(self) -> str:
        return "[object JsRpcStub]"

    def _call_over(self, _this: object, *arguments: object) -> JsPromise:
        if self.is_disposed:
            return JsPromise.rejected(JsError("RPC stub used after being disposed."))
        try:
            sent = Parcel(self._deliver).pack_all(arguments)
        except JsThrow as refused:
            return JsPromise.rejected(refused.value)

        async def answer() -> object:
            try:
                result = await promise_of(self._target.invoke(undefined, sent))
                return Parcel(self._deliver).pack(result)
            except STOPS:
                raise
            except BaseException as raised:
                raise remote_error(raised) from None

        return self._deliver(answer)


class Parcel(Cloning):
    """One message: values that are copied together, and what they carry along."""

    def __init__(self, deliver: Deliver, receiver: IoContext | None = None) -> None:
        super().__init__()
        self._deliver = deliver
        self._receiver = receiver
        """The event that gets the copies, where it is one: bodies are its own."""
        self._has_references = False
        self.functions: list[RpcFunction] = []

    def pack(self, value: object) -> object:
        """The copy that arrives.

        Raises a JavaScript DataCloneError, or an Error for one that is too large.
        """
        copy = self.clone(value)
        self._check_size(copy)
        return copy

    def pack_all(self, values: Sequence[object]) -> list[object]:
        """The copies of all arguments of a call."""
        if not values:
            return []
        copies = [self.clone(value) for value in values]
        if any(map(_has_size, copies)):
            self._check_size(JsArray(copies))
        return copies

    def _check_size(self, copy: object) -> None:
        """What is sent by reference is not measured, nor what surrounds it."""
        if self._has_references or not _has_size(copy):
            return
        size = serialized_size(copy)
        if size > DO_RPC_BYTES.value:
            raise error(
                "Serialized RPC arguments or return values are limited to 32MiB, but"
                f" the size of this value was: {size} bytes."
            )

    def dispose(self) -> None:
        """The call is over: the functions that came with it can be used no more."""
        for function in self.functions:
            function.is_disposed = True

    def function(self, value: JsFunction) -> object:
        """A function is sent by reference."""
        self._has_references = True
        if isinstance(value, RpcFunction):
            return value
        made = RpcFunction(value, self._deliver)
        self.functions.append(made)
        return made

    def instance(self, value: JsObject) -> object:
        """An object of a class that a program defined is refused."""
        raise unserializable(value)

    def platform_object(self, value: JsObject) -> object:
        """What the runtime's own classes are on the other side."""
        self._has_references = True
        as_sent = getattr(value, "js_send", None)
        if as_sent is not None:
            return as_sent()
        if isinstance(value, (File, FormData)):
            raise unserializable(value)
        if isinstance(value, ReadableStream):
            return self._stream(value)
        if isinstance(value, Blob):
            return value
        if isinstance(value, (Request, Response)):
            copy = value.clone()
            if copy.stream is not None:
                copy.stream.owner, copy.stream.maker = self._receiver, None
            return copy
        return super().platform_object(value)

    def _stream(self, stream: ReadableStream) -> ReadableStream:
        if stream.reader is not None or stream.disturbed:
            return stream
        return stream.move(self._receiver)


def _has_size(copy: object) -> bool:
    """Whether a value may be too large."""
    return isinstance(copy, (str, JsObject, JsBigInt))


def remote_error(exception: BaseException) -> JsThrow:
    """What the caller of a method gets when it raised this.

    Errors keep class, name and message, as far as the date has it; a value that is no
    Error arrives as the text of one, or as the object that it is.
    """
    reason = reason_of(exception)
    if not isinstance(reason, JsObject):
        return JsThrow(JsError(to_string(reason)))
    if isinstance(reason, JsError):
        return JsThrow(_remote(reason))
    return JsThrow(structured_clone(reason))


def error_of(reason: object) -> JsError:
    """A rejection's reason, or an Error with the text of one that is none."""
    return reason if isinstance(reason, JsError) else JsError(to_string(reason))


def _remote(reason: JsError) -> JsError:
    made = copy_of(reason)
    made.properties["remote"] = True
    return made


def copy_of(reason: JsError) -> JsError:
    """The same error for somebody else; the Python exception behind it stays known."""
    if not JsError.is_copied_whole:
        return _told(reason)
    try:
        made = structured_clone(reason)
    except JsThrow:  # It has a property that cannot travel.
        made = JsError(to_string(reason.message), to_string(reason.name), reason.cause)
    assert isinstance(made, JsError)
    return made


def _told(reason: JsError) -> JsError:
    """The same error as it was thrown over RPC before it was cloned (measured).

    It travelled as one line of text: names of other than JavaScript's classes are part
    of the message, and of its properties only what the runtime itself says is left.
    """
    cls = error_class(reason)
    made: JsError
    if isinstance(reason, DOMException):
        made = DOMException(to_string(reason.message), to_string(reason.name))
    elif cls is None:
        made = JsError(reason.js_to_string().lstrip())
    else:
        made = cls(to_string(reason.message).lstrip())
    made.cause = reason.cause
    flags = {name: reason.properties.get(name) for name in _FLAGS}
    made.properties.update(
        {name: True for name, value in flags.items() if value is True}
    )
    return made
