"""What reads from a ReadableStream (measured on workerd)."""

from typing import TYPE_CHECKING

from ..javascript.arguments import wrong_parameter
from ..javascript.buffers import DataView, JsArrayBuffer, JsView
from ..javascript.conversions import to_string
from ..javascript.errors import JsThrow, type_error
from ..javascript.numeric import to_int32_checked
from ..javascript.objects import (
    ASYNC_ITERATOR,
    JsObject,
    getter,
    method,
    method_as,
)
from ..javascript.promises import JsPromise
from ..javascript.typed_array_class import JsTypedArray
from ..javascript.values import is_nullish, missing, undefined

if TYPE_CHECKING:
    from .readable_streams import ReadableStream


def locked(end: str = ".") -> JsThrow:
    """The TypeError of a stream that somebody reads already."""
    return type_error(f"This ReadableStream is currently locked to a reader{end}")


def _released() -> JsThrow:
    return type_error("This ReadableStream reader has been released.")


class StreamReader(JsObject):
    """What `getReader()` returns."""

    __slots__ = ("_end", "stream")

    class_name = "ReadableStreamDefaultReader"

    def __init__(self, stream: "ReadableStream") -> None:
        super().__init__()
        self.stream: ReadableStream | None = stream
        self._end: JsPromise | None = None

    @method
    def read(self, *_arguments: object) -> JsPromise:
        if self.stream is None:
            return JsPromise.failed(_released())
        return JsPromise.run(self._read(self.stream))

    async def _read(self, stream: "ReadableStream") -> object:
        chunk = await stream.next_chunk()
        return step(undefined if chunk is missing else chunk, chunk is missing)

    @method
    def releaseLock(self) -> None:
        if self.stream is not None:
            self.stream.reader = None
            self.stream = None
            if self._end is not None:
                self._end.reject(_released().value)

    @method
    def cancel(self, reason: object = undefined) -> JsPromise:
        if self.stream is None:
            return JsPromise.failed(_released())
        return self.stream.end(reason)

    @getter
    def closed(self) -> JsPromise:
        """Settled when the stream has ended or failed, as far as it was read."""
        if self.stream is None:
            return JsPromise.failed(_released())
        if self._end is None:
            self._end = JsPromise()
            self.stream.tell_end(self._end)
        return self._end


class ByobReader(StreamReader):
    """Reads into buffers that are brought along."""

    __slots__ = ()

    class_name = "ReadableStreamBYOBReader"

    @method
    def read(self, *arguments: object) -> JsPromise:
        return self._read_into("read", arguments, 1)

    @method
    def readAtLeast(self, *arguments: object) -> JsPromise:
        least = to_int32_checked(arguments[0]) if arguments else 0
        return self._read_into("readAtLeast", arguments[1:], least)

    def _read_into(
        self, operation: str, arguments: tuple[object, ...], least: int
    ) -> JsPromise:
        view = arguments[0] if arguments else undefined
        if not isinstance(view, JsView):
            return JsPromise.failed(
                wrong_parameter(operation, self.class_name, 1, "ArrayBufferView")
            )
        if self.stream is None:
            return JsPromise.failed(_released())
        if not len(view.view()):
            return JsPromise.failed(
                type_error(
                    'You must call read() on a "byob" reader with a positive-sized'
                    " TypedArray object."
                )
            )
        return JsPromise.run(self._filled(self.stream, view, least))

    async def _filled(
        self, stream: "ReadableStream", view: JsView, least: int
    ) -> object:
        most = len(view.view())
        view.buffer_object.detach()
        data = await stream.read_up_to(most, least)
        buffer = JsArrayBuffer(data.ljust(most, b"\0"))
        kind = type(view) if isinstance(view, (JsTypedArray, DataView)) else JsView
        return step(kind(buffer, 0, len(data)), not data)


def reader_kind(options: object) -> type[StreamReader]:
    """What `getReader(options)` makes. Raises a JavaScript TypeError."""
    if is_nullish(options):
        return StreamReader
    if not isinstance(options, JsObject):
        raise wrong_parameter("getReader", "ReadableStream", 1, "GetReaderOptions")
    mode = options.js_get("mode")
    if mode is undefined:
        return StreamReader
    if to_string(mode) != "byob":
        raise type_error("mode must be undefined or 'byob' in call to getReader().")
    return ByobReader


def step(value: object, done: bool) -> JsObject:
    """What `read()` and `next()` give."""
    return JsObject({"value": value, "done": done})


class StreamIterator(JsObject):
    """`for await (const chunk of stream)`; the lock is given back at the end."""

    __slots__ = ("reader",)

    class_name = "ReadableStreamAsyncIterator"

    def __init__(self, reader: StreamReader) -> None:
        super().__init__()
        self.reader = reader

    @method
    def next(self) -> JsPromise:
        return JsPromise.run(self._next())

    async def _next(self) -> object:
        read = await self.reader.read()
        assert isinstance(read, JsObject)
        if read.js_get("done"):
            self.reader.releaseLock()
        return read

    @method_as("return")
    def stop(self) -> JsPromise:
        self.reader.cancel()
        self.reader.releaseLock()
        return JsPromise.resolved(step(undefined, True))

    @method_as(ASYNC_ITERATOR)
    def itself(self) -> "StreamIterator":
        return self
