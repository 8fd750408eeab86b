"""ReadableStream and its reader (measured on workerd)."""

from collections.abc import Awaitable, Callable

from ..io_context import CURRENT, IoContext, check_owner
from ..javascript.arrays import JsArray
from ..javascript.buffers import JsBuffer
from ..javascript.conversions import to_string
from ..javascript.errors import JsThrow, type_error
from ..javascript.iteration import iterate
from ..javascript.objects import (
    ASYNC_ITERATOR,
    JsObject,
    getter,
    method,
    method_as,
    static_as,
)
from ..javascript.promises import JsPromise
from ..javascript.structured_clone import Cloning, data_clone_error
from ..javascript.text import utf8_encode
from ..javascript.typed_arrays import Uint8Array
from ..javascript.values import missing, undefined
from .stream_fields import dictionary, high_water_mark
from .stream_sources import UnderlyingSource
from .writable_streams import StreamWriter, WritableStream

CHUNK_BYTES = 4096
"""The size of the chunks in which workerd hands out bytes that it holds."""

Pull = Callable[[], Awaitable[object]]
Cancel = Callable[[object], object]


def _locked(end: str = ".") -> JsThrow:
    return type_error(f"This ReadableStream is currently locked to a reader{end}")


def _released() -> JsThrow:
    return type_error("This ReadableStream reader has been released.")


class ReadableStream(JsObject):
    """A stream that one reader can use once.

    `pull` is awaited for each chunk, a JavaScript value; `missing` ends the stream.
    `length` is the number of its bytes, where that is known before it is read.
    `owner` is the event whose stream it is, where it is not one of the Worker's own.
    """

    __slots__ = (
        "_cancel",
        "_ended",
        "_pull",
        "_rest",
        "disturbed",
        "length",
        "owner",
        "reader",
    )

    class_name = "ReadableStream"

    def __init__(
        self, pull: Pull, cancel: Cancel | None = None, *, length: int | None = None
    ) -> None:
        super().__init__()
        self._pull = pull
        self._cancel = cancel
        self._rest: Callable[[], bytes] | None = None
        self.length = length
        self._ended = False
        self.owner: IoContext | None = None
        self.reader: StreamReader | None = None
        self.disturbed = False

    def js_clone(self, _cloning: Cloning) -> JsObject:
        raise data_clone_error("ReadableStream can only be serialized for RPC.")

    @classmethod
    def js_construct(
        cls, source: object = undefined, strategy: object = undefined
    ) -> "ReadableStream":
        given = dictionary(source, "ReadableStream", "UnderlyingSource")
        kind = given.js_get("type")
        if kind is not undefined and to_string(kind) != "bytes":
            raise type_error(
                f'"{to_string(kind)}" is not a valid type of ReadableStream.'
            )
        made = UnderlyingSource(given, high_water_mark(strategy, 1))
        return cls(made.chunk, made.cancel)

    @static_as("from")
    @staticmethod
    def of_items(items: object = undefined) -> "ReadableStream":
        waiting = iterate(items)

        async def pull() -> object:
            return next(waiting, missing)

        return ReadableStream(pull)

    @classmethod
    def of_bytes(cls, data: bytes) -> "ReadableStream":
        """A stream of these bytes in workerd's chunks."""
        starts = iter(range(0, len(data), CHUNK_BYTES))

        async def pull() -> object:
            start = next(starts, None)
            if start is None:
                return missing
            return Uint8Array.of_bytes(data[start : start + CHUNK_BYTES])

        def rest() -> bytes:
            return data[next(starts, len(data)) :]

        made = cls(pull, length=len(data))
        made._rest = rest
        made.owner = CURRENT.get()
        return made

    async def next_chunk(self) -> object:
        """The next chunk, or `missing` at the end.

        Raises a JavaScript Error if the stream belongs to another event.
        """
        check_owner(self.owner, "ReadableStreamSource")
        self.disturbed = True
        if self._ended:
            return missing
        chunk = await self._pull()
        if chunk is missing:
            self._ended = True
        return chunk

    def is_to_come(self) -> bool:
        """Whether code has yet to give what comes out of it."""
        return self.owner is None and not self._ended

    def check_usable(self) -> None:
        """Raises the JavaScript TypeError of a stream that is or was being read."""
        if self.reader is not None:
            raise type_error("The ReadableStream has been locked to a reader.")
        if self.disturbed:
            raise type_error("This ReadableStream is disturbed.")

    async def read_bytes(self, text_too: bool = True) -> bytes:
        """All bytes that are left; chunks of text count if `text_too` says so."""
        if self._rest is not None and not self._ended:
            check_owner(self.owner, "ReadableStreamSource")
            self.disturbed = self._ended = True
            return self._rest()
        parts = []
        while (chunk := await self.next_chunk()) is not missing:
            parts.append(chunk_bytes(chunk, text_too))
        return b"".join(parts)

    @getter
    def locked(self) -> bool:
        return self.reader is not None

    @method
    def getReader(self) -> "StreamReader":
        if self.reader is not None:
            raise _locked()
        self.reader = StreamReader(self)
        return self.reader

    @method
    def cancel(self, reason: object = undefined) -> JsPromise:
        if self.reader is not None:
            return JsPromise.failed(_locked())
        return self.end(reason)

    def end(self, reason: object = undefined) -> JsPromise:
        """Let nothing more come out of it, and tell the source why."""
        was_ended = self._ended
        self.disturbed = self._ended = True
        if was_ended or self._cancel is None:
            return JsPromise.resolved()
        cancel = self._cancel
        return JsPromise.attempt(lambda: cancel(reason))

    @method
    def tee(self) -> JsArray:
        if self.reader is not None:
            raise _locked(",")
        self.reader = StreamReader(self)
        self.disturbed = True
        waiting: tuple[list[object], list[object]] = ([], [])
        return JsArray(
            ReadableStream(self._branch(mine, waiting), length=self.length)
            for mine in waiting
        )

    def _branch(
        self, mine: list[object], waiting: tuple[list[object], list[object]]
    ) -> Pull:
        async def pull() -> object:
            if not mine:
                chunk = await self.next_chunk()
                for queue in waiting:
                    queue.append(chunk)
            return mine.pop(0)

        return pull

    @method
    def pipeTo(self, destination: object = undefined) -> JsPromise:
        if not isinstance(destination, WritableStream):
            raise type_error(
                "Failed to execute 'pipeTo' on 'ReadableStream': parameter 1 is not of"
                " type 'WritableStream'."
            )
        return JsPromise.run(self._pipe(self.getReader(), destination.getWriter()))

    async def _pipe(self, reader: "StreamReader", writer: StreamWriter) -> None:
        try:
            while (chunk := await self.next_chunk()) is not missing:
                await writer.write(chunk)
        except JsThrow as failed:
            await writer.abort(failed.value)
            raise
        await writer.close()
        reader.releaseLock()

    @method
    def pipeThrough(self, pair: object = undefined) -> object:
        if not isinstance(pair, JsObject):
            raise type_error(
                "Failed to execute 'pipeThrough' on 'ReadableStream': parameter 1 is"
                " not of type 'ReadableWritablePair'."
            )
        self.pipeTo(pair.js_get("writable"))
        return pair.js_get("readable")

    @method_as(ASYNC_ITERATOR)
    def values(self) -> "StreamIterator":
        return StreamIterator(self.getReader())


class StreamReader(JsObject):
    """What `getReader()` returns."""

    __slots__ = ("stream",)

    class_name = "ReadableStreamDefaultReader"

    def __init__(self, stream: ReadableStream) -> None:
        super().__init__()
        self.stream: ReadableStream | None = stream

    @method
    def read(self) -> JsPromise:
        if self.stream is None:
            return JsPromise.failed(_released())
        return JsPromise.run(self._read(self.stream))

    async def _read(self, stream: ReadableStream) -> object:
        chunk = await stream.next_chunk()
        if chunk is missing:
            return JsObject({"value": undefined, "done": True})
        return JsObject({"value": chunk, "done": False})

    @method
    def releaseLock(self) -> None:
        if self.stream is not None:
            self.stream.reader = None
            self.stream = None

    @method
    def cancel(self, reason: object = undefined) -> JsPromise:
        if self.stream is None:
            return JsPromise.failed(_released())
        return self.stream.end(reason)


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
        step = await self.reader.read()
        assert isinstance(step, JsObject)
        if step.js_get("done"):
            self.reader.releaseLock()
        return step

    @method_as("return")
    def stop(self) -> JsPromise:
        self.reader.cancel()
        self.reader.releaseLock()
        return JsPromise.resolved(JsObject({"value": undefined, "done": True}))

    @method_as(ASYNC_ITERATOR)
    def itself(self) -> "StreamIterator":
        return self


def chunk_bytes(chunk: object, text_too: bool = True) -> bytes:
    """The bytes of a chunk. Raises a JavaScript TypeError for any other value."""
    if isinstance(chunk, JsBuffer):
        return chunk.to_bytes()
    if text_too and isinstance(chunk, str):
        return utf8_encode(chunk)
    raise type_error("This ReadableStream did not return bytes.")
