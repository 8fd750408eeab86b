"""TransformStream, and those that hand on bytes (measured on workerd)."""

from collections.abc import Callable

from ..global_scope import check_io
from ..javascript.buffers import JsBuffer
from ..javascript.errors import type_error
from ..javascript.objects import JsObject, getter, method, native
from ..javascript.promises import promise_of, reason_of
from ..javascript.typed_arrays import Uint8Array
from ..javascript.values import undefined
from .readable_streams import ReadableStream, chunk_bytes
from .stream_fields import dictionary, function_field, size_of
from .stream_sources import ChunkQueue, UnderlyingSource
from .writable_streams import WritableStream


class TransformStream(JsObject):
    """What is written to one side can be read, transformed, from the other.

    A write waits until somebody reads; `check` refuses chunks before that.
    """

    __slots__ = ("_readable", "_writable")

    class_name = "TransformStream"

    def __init__(
        self, transformer: JsObject, check: Callable[[object], None] | None = None
    ) -> None:
        check_io()
        super().__init__()
        source = UnderlyingSource(JsObject(), 0)
        self._writable = writable = WritableStream(None)
        sink = _Transformation(transformer, source.queue, writable, check)
        writable.sink = sink
        self._readable = ReadableStream(source.chunk, sink.cancel)

    @classmethod
    def js_construct(cls, transformer: object = undefined) -> "TransformStream":
        return cls(dictionary(transformer, "TransformStream", "Transformer"))

    @getter
    def readable(self) -> ReadableStream:
        return self._readable

    @getter
    def writable(self) -> WritableStream:
        return self._writable


class IdentityTransformStream(TransformStream):
    """A TransformStream that hands on bytes as they are, and text as UTF-8."""

    __slots__ = ()

    class_name = "IdentityTransformStream"

    def __init__(self) -> None:
        super().__init__(
            JsObject(
                {
                    "transform": native(self._pass_on),
                    "flush": native(self.check_end),
                }
            ),
            check_bytes,
        )
        self.readable().is_bytes = True

    @classmethod
    def js_construct(cls, *_arguments: object) -> "IdentityTransformStream":
        return cls()

    def _pass_on(self, chunk: object, controller: object) -> None:
        assert isinstance(controller, TransformStreamDefaultController)
        data = chunk_bytes(chunk)
        if data and self.takes(len(data), controller):
            controller.enqueue(Uint8Array.of_bytes(data))

    def takes(self, size: int, controller: "TransformStreamDefaultController") -> bool:
        """Whether so many bytes may still go through."""
        return True

    def check_end(self, controller: "TransformStreamDefaultController") -> None:
        """No more bytes will come."""


def check_bytes(chunk: object) -> None:
    """Raises a JavaScript TypeError for what is neither bytes nor text."""
    if not isinstance(chunk, (str, JsBuffer)):
        raise type_error(
            "This TransformStream is being used as a byte stream, but received an"
            " object of non-ArrayBuffer/ArrayBufferView type on its writable side."
        )


class FixedLengthStream(IdentityTransformStream):
    """One whose readable side says how many bytes there will be.

    It fails if there are more or fewer; who writes is not told (measured).
    """

    __slots__ = ("_left",)

    class_name = "FixedLengthStream"

    def __init__(self, length: int) -> None:
        super().__init__()
        self._left = self.readable().length = length

    @classmethod
    def js_construct(cls, *arguments: object) -> "FixedLengthStream":
        if not arguments or arguments[0] is undefined:
            raise type_error(
                "Failed to construct 'FixedLengthStream': constructor parameter 1 is"
                " not of type 'bigint'."
            )
        return cls(size_of(arguments[0]))

    def takes(self, size: int, controller: "TransformStreamDefaultController") -> bool:
        self._left -= size
        if self._left < 0:
            many = "Attempt to write too many bytes through a FixedLengthStream."
            controller.error(type_error(many).value)
        return self._left >= 0

    def check_end(self, controller: "TransformStreamDefaultController") -> None:
        if self._left > 0:
            few = "FixedLengthStream did not see all expected bytes before close()."
            controller.error(type_error(few).value)


class _Transformation:
    """The sink of the writable side, which fills the readable one."""

    def __init__(
        self,
        transformer: JsObject,
        queue: ChunkQueue,
        writable: WritableStream,
        check: Callable[[object], None] | None,
    ) -> None:
        self._transformer = transformer
        self._check = check
        self._queue = queue
        self._writable = writable
        self._controller = TransformStreamDefaultController(queue, writable)
        self._transform = function_field(transformer, "transform", "Transformer")
        self._flush = function_field(transformer, "flush", "Transformer")
        start = function_field(transformer, "start", "Transformer")
        if start is not None:
            start.invoke(transformer, (self._controller,))

    async def write(self, chunk: object) -> None:
        if self._check is not None:
            self._check(chunk)
        await self._queue.wanted()
        if self._queue.failure is not None:
            raise self._queue.failure
        if self._transform is None:
            self._queue.put(chunk)
            return
        try:
            arguments = (chunk, self._controller)
            await promise_of(self._transform.invoke(self._transformer, arguments))
        except Exception as exception:
            self._controller.error_by(exception)
            raise

    async def close(self) -> None:
        if self._flush is not None:
            try:
                arguments = (self._controller,)
                await promise_of(self._flush.invoke(self._transformer, arguments))
            except Exception as exception:
                self._controller.error_by(exception)
                raise
        self._queue.close()

    async def abort(self, reason: object) -> None:
        self._queue.fail(reason)

    def cancel(self, reason: object) -> None:
        """Nobody will read any more: later writes fail with the reason."""
        self._queue.close()
        self._writable.fail(reason)


class TransformStreamDefaultController(JsObject):
    """What the functions of a transformer get."""

    __slots__ = ("_queue", "_writable")

    class_name = "TransformStreamDefaultController"

    def __init__(self, queue: ChunkQueue, writable: WritableStream) -> None:
        super().__init__()
        self._queue = queue
        self._writable = writable

    @method
    def enqueue(self, chunk: object = undefined) -> None:
        self._queue.put(chunk)

    @method
    def error(self, reason: object = undefined) -> None:
        self._queue.fail(reason)
        self._writable.fail(reason)

    def error_by(self, exception: Exception) -> None:
        """Fail both sides with what was raised."""
        self.error(reason_of(exception))

    @method
    def terminate(self) -> None:
        self._queue.close()
        self._writable.fail(
            type_error("The transform stream has been terminated").value
        )
