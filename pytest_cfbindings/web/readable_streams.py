"""ReadableStream (measured on workerd)."""

from collections.abc import Callable
from contextvars import copy_context

from ..global_scope import check_io
from ..io_context import CURRENT, IoContext, check_owner, refuse_events
from ..javascript.arguments import wrong_parameter
from ..javascript.arrays import JsArray
from ..javascript.buffers import JsBuffer
from ..javascript.conversions import to_string
from ..javascript.errors import JsThrow, type_error
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
from . import object_context
from .object_context import ObjectContext, check_object
from .stream_fields import dictionary, high_water_mark
from .stream_items import Pull, pull_of
from .stream_pipes import pipe, wrong_field
from .stream_readers import (
    ByobReader,
    StreamIterator,
    StreamReader,
    locked,
    reader_kind,
)
from .stream_sources import UnderlyingSource
from .writable_streams import WritableStream

_KIND = "ReadableStreamSource"
"""What the runtime calls what is behind it."""

CHUNK_BYTES = 4096
"""The size of the chunks in which workerd hands out bytes that it holds."""

Cancel = Callable[[object], object]


class ReadableStream(JsObject):
    """A stream that one reader can use once.

    `pull` is awaited for each chunk, a JavaScript value; `missing` ends the stream.
    `length` is the number of its bytes, where that is known before it is read.
    `owner` is the event whose stream it is, where it is not one of the Worker's own;
    `maker` the object of a class whose bytes it holds, until they are sent elsewhere.
    """

    __slots__ = (
        "_cancel",
        "_ended",
        "_ends",
        "_failure",
        "_is_native",
        "_left",
        "_pull",
        "_rest",
        "disturbed",
        "is_bytes",
        "length",
        "maker",
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
        self._left = b""
        self._is_native = False
        """Whether it holds bytes already, and no code has to give any."""
        self._failure: JsThrow | None = None
        self._ends: list[JsPromise] = []
        self.is_bytes = False
        """Whether it gives nothing but bytes, so that a byob reader may have it."""
        self.length = length
        self._ended = False
        self.owner: IoContext | None = None
        self.maker: ObjectContext | None = None
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
        source = UnderlyingSource(given, high_water_mark(strategy, 1))
        made = cls(source.chunk, source.cancel)
        made.is_bytes = kind is not undefined
        return made

    @static_as("from")
    @staticmethod
    def of_items(items: object = undefined) -> "ReadableStream":
        return ReadableStream(pull_of(items))

    @classmethod
    def of_bytes(cls, data: bytes) -> "ReadableStream":
        """A stream of these bytes in workerd's chunks."""
        check_io()
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
        made._is_native = made.is_bytes = True
        made.owner = CURRENT.get()
        made.maker = object_context.CURRENT.get()
        return made

    def _check_owner(self) -> None:
        """Raises a JavaScript Error in code of another event or object."""
        check_owner(self.owner, _KIND)
        if self.maker is not None:
            check_object(self.maker, _KIND)
            if object_context.CURRENT.get() is None:
                refuse_events(_KIND)

    async def next_chunk(self) -> object:
        """The next chunk, or `missing` at the end.

        Raises a JavaScript Error if the stream belongs to another event.
        """
        self._check_owner()
        self.disturbed = True
        if self._left:
            chunk, self._left = Uint8Array.of_bytes(self._left), b""
            return chunk
        if self._ended:
            return missing
        try:
            pulled = await self._pull()
        except JsThrow as failed:
            self._failure = failed
            self._settle_ends()
            raise
        if pulled is missing:
            self._ended = True
            self._settle_ends()
        return pulled

    async def read_up_to(self, most: int, least: int) -> bytes:
        """At least so many bytes, and fewer only at the end."""
        data = b""
        while len(data) < least and (chunk := await self.next_chunk()) is not missing:
            data += chunk_bytes(chunk)
        self._left = data[most:] + self._left
        return data[:most]

    def tell_end(self, promise: JsPromise) -> None:
        """Settle a promise once the stream has ended or failed."""
        self._ends.append(promise)
        if self._ended or self._failure is not None:
            self._settle_ends()

    def _settle_ends(self) -> None:
        ends, self._ends = self._ends, []
        for promise in ends:
            if self._failure is None:
                promise.resolve()
            else:
                promise.reject(self._failure.value)

    def move(self, receiver: IoContext | None) -> "ReadableStream":
        """The same for whoever receives it; this one is locked and used from now on.

        What a program's own code does to fill it is still done by the event that is
        running now. Raises a JavaScript Error if the stream belongs to another one.
        """
        self._check_owner()
        maker = CURRENT.get()

        async def pull() -> object:
            context = copy_context()
            context.run(CURRENT.set, maker)
            return await JsPromise.later(self._pull, context)

        made = self._with(self._pull if self._is_native else pull)
        made._cancel, made._rest, made._left = self._cancel, self._rest, self._left
        made._ended, made.owner = self._ended, receiver
        made._is_native = self._is_native
        self.reader = StreamReader(self)
        self.disturbed = True
        return made

    def is_to_come(self) -> bool:
        """Whether code has yet to give what comes out of it."""
        return not self._is_native and not self._ended

    def check_usable(self) -> None:
        """Raises the JavaScript TypeError of a stream that is or was being read."""
        if self.reader is not None:
            raise type_error("The ReadableStream has been locked to a reader.")
        if self.disturbed:
            raise type_error("This ReadableStream is disturbed.")

    async def read_bytes(self, text_too: bool = True) -> bytes:
        """All bytes that are left; chunks of text count if `text_too` says so."""
        if self._rest is not None and not self._ended:
            self._check_owner()
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
    def getReader(self, options: object = undefined) -> StreamReader:
        kind = reader_kind(options)
        if self.reader is not None:
            raise locked()
        if kind is ByobReader and not self.is_bytes:
            raise type_error("This ReadableStream does not support BYOB reads.")
        self.reader = kind(self)
        return self.reader

    @method
    def cancel(self, reason: object = undefined) -> JsPromise:
        if self.reader is not None:
            return JsPromise.failed(locked())
        return self.end(reason)

    def end(self, reason: object = undefined) -> JsPromise:
        """Let nothing more come out of it, and tell the source why."""
        was_ended = self._ended
        self.disturbed = self._ended = True
        self._left = b""
        self._settle_ends()
        if was_ended or self._cancel is None:
            return JsPromise.resolved()
        cancel = self._cancel
        return JsPromise.attempt(lambda: cancel(reason))

    @method
    def tee(self) -> JsArray:
        if self.reader is not None:
            raise locked(",")
        self.reader = StreamReader(self)
        self.disturbed = True
        waiting: tuple[list[object], list[object]] = ([], [])
        maker, self.maker = self.maker, None
        branches = [self._with(self._branch(mine, waiting)) for mine in waiting]
        for branch in branches:
            branch.maker = maker
        return JsArray(branches)

    def _with(self, pull: Pull) -> "ReadableStream":
        """A stream like this one out of another source."""
        made = ReadableStream(pull, length=self.length)
        made.is_bytes = self.is_bytes
        return made

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
    def pipeTo(
        self, destination: object = undefined, options: object = undefined
    ) -> JsPromise:
        return pipe(self, destination, options)

    @method
    def pipeThrough(self, *arguments: object) -> object:
        transform = arguments[0] if arguments else undefined
        if not isinstance(transform, JsObject):
            raise wrong_parameter("pipeThrough", "ReadableStream", 1, "Transform")
        readable = transform.js_get("readable")
        if not isinstance(readable, ReadableStream):
            raise wrong_field("readable", "ReadableStream")
        writable = transform.js_get("writable")
        if not isinstance(writable, WritableStream):
            raise wrong_field("writable", "WritableStream")
        pipe(self, writable, arguments[1] if len(arguments) > 1 else undefined)
        return readable

    @method_as(ASYNC_ITERATOR)
    def chunks(self) -> StreamIterator:
        return StreamIterator(self.getReader())

    @method
    def values(self) -> StreamIterator:
        return self.chunks()


def chunk_bytes(chunk: object, text_too: bool = True) -> bytes:
    """The bytes of a chunk. Raises a JavaScript TypeError for any other value."""
    if isinstance(chunk, JsBuffer):
        return chunk.to_bytes()
    if text_too and isinstance(chunk, str):
        return utf8_encode(chunk)
    raise type_error("This ReadableStream did not return bytes.")
