"""TransformStream and IdentityTransformStream (measured on workerd)."""

from ..javascript.errors import type_error
from ..javascript.objects import JsObject, getter, method
from ..javascript.promises import promise_of, reason_of
from ..javascript.values import undefined
from .stream_fields import dictionary, function_field
from .stream_sources import ChunkQueue, UnderlyingSource
from .streams import ReadableStream
from .writable_streams import WritableStream


class TransformStream(JsObject):
    """What is written to one side can be read, transformed, from the other.

    A write waits until somebody reads.
    """

    __slots__ = ("_readable", "_writable")

    class_name = "TransformStream"

    def __init__(self, transformer: JsObject) -> None:
        super().__init__()
        source = UnderlyingSource(JsObject(), 0)
        self._writable = writable = WritableStream(None)
        sink = _Transformation(transformer, source.queue, writable)
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
    """A TransformStream that hands on bytes as they are."""

    __slots__ = ()

    class_name = "IdentityTransformStream"

    @classmethod
    def js_construct(cls, _options: object = undefined) -> "IdentityTransformStream":
        return cls(JsObject())


class _Transformation:
    """The sink of the writable side, which fills the readable one."""

    def __init__(
        self, transformer: JsObject, queue: ChunkQueue, writable: WritableStream
    ) -> None:
        self._transformer = transformer
        self._queue = queue
        self._writable = writable
        self._controller = TransformStreamDefaultController(queue, writable)
        self._transform = function_field(transformer, "transform", "Transformer")
        self._flush = function_field(transformer, "flush", "Transformer")
        start = function_field(transformer, "start", "Transformer")
        if start is not None:
            start.invoke(transformer, (self._controller,))

    async def write(self, chunk: object) -> None:
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
            arguments = (self._controller,)
            await promise_of(self._flush.invoke(self._transformer, arguments))
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
