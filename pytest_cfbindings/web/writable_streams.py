"""WritableStream and its writer (measured on workerd)."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from ..global_scope import check_io
from ..javascript.errors import JsThrow, type_error
from ..javascript.objects import JsFunction, JsObject, getter, method
from ..javascript.promises import JsPromise, promise_of, reason_of
from ..javascript.values import null, undefined
from .stream_fields import dictionary, function_field, high_water_mark


class Sink(Protocol):
    """Where the chunks go."""

    async def write(self, chunk: object) -> None: ...

    async def close(self) -> None: ...

    async def abort(self, reason: object) -> None: ...


class UnderlyingSink:
    """The object given to `new WritableStream`: start, write, close and abort."""

    def __init__(self, sink: JsObject, controller: JsObject) -> None:
        self._sink = sink
        self._controller = controller
        self._functions = {
            name: function_field(sink, name, "UnderlyingSink")
            for name in ("start", "write", "close", "abort")
        }

    async def call(self, name: str, *arguments: object) -> None:
        """Call one of them, if it is there, and wait for it."""
        function: JsFunction | None = self._functions[name]
        if function is not None:
            await promise_of(function.invoke(self._sink, arguments))

    async def write(self, chunk: object) -> None:
        await self.call("write", chunk, self._controller)

    async def close(self) -> None:
        await self.call("close")

    async def abort(self, reason: object) -> None:
        await self.call("abort", reason)


class WritableStream(JsObject):
    """A stream that one writer at a time fills; chunks are written in order."""

    __slots__ = ("_last", "_mark", "_pending", "failure", "is_closed", "sink", "writer")

    class_name = "WritableStream"

    def __init__(self, sink: Sink | None, mark: float = 1) -> None:
        super().__init__()
        self.sink = sink
        self._mark = mark
        self._pending = 0
        self._last = JsPromise.resolved()
        self.is_closed = False
        self.failure: JsThrow | None = None
        self.writer: StreamWriter | None = None

    @classmethod
    def js_construct(
        cls, sink: object = undefined, strategy: object = undefined
    ) -> "WritableStream":
        check_io()
        given = dictionary(sink, "WritableStream", "UnderlyingSink")
        made = cls(None, high_water_mark(strategy, 1))
        controller = WritableStreamDefaultController(made)
        made.sink = underlying = UnderlyingSink(given, controller)
        made._enqueue(lambda: underlying.call("start", controller))
        return made

    def _enqueue(self, act: Callable[[], Awaitable[None]]) -> JsPromise:
        """Do something after what was asked for before."""
        previous = self._last
        self._last = JsPromise.run(self._in_turn(previous, act))
        return self._last

    async def _in_turn(
        self, previous: JsPromise, act: Callable[[], Awaitable[None]]
    ) -> None:
        if not previous.settled:
            await previous.settling()
        if self.failure is not None:
            raise self.failure
        try:
            await act()
        except Exception as exception:
            self.fail(reason_of(exception))
            raise

    def fail(self, reason: object) -> None:
        """Let every later write fail with this reason."""
        if self.failure is None:
            self.failure = JsThrow(reason)

    @property
    def room(self) -> float:
        """How many chunks it takes before a writer should wait."""
        return self._mark - self._pending

    def put(self, chunk: object) -> JsPromise:
        """Write a chunk; the promise is fulfilled when the sink has taken it."""
        if self.is_closed:
            return JsPromise.failed(_closed())
        sink = self.sink
        assert sink is not None
        self._pending += 1
        written = self._enqueue(lambda: sink.write(chunk))
        written.when_settled(self._taken)
        return written

    def _taken(self, _written: JsPromise) -> None:
        self._pending -= 1

    async def room_again(self) -> None:
        """Wait until there is room; a failure ends that with the failure."""
        while self.room <= 0 and self.failure is None:
            await self._last.settling()
        if self.failure is not None:
            raise self.failure

    def finish(self) -> JsPromise:
        """Close it after what is being written."""
        if self.is_closed:
            return JsPromise.failed(_closed())
        self.is_closed = True
        sink = self.sink
        assert sink is not None
        return self._enqueue(sink.close)

    def give_up(self, reason: object) -> JsPromise:
        """Close it at once, and tell the sink why."""
        if self.is_closed or self.failure is not None:
            return JsPromise.resolved()
        self.fail(reason)
        assert self.sink is not None
        return JsPromise.run(self.sink.abort(reason))

    @getter
    def locked(self) -> bool:
        return self.writer is not None

    @method
    def getWriter(self) -> "StreamWriter":
        if self.writer is not None:
            raise _locked()
        self.writer = StreamWriter(self)
        return self.writer

    @method
    def close(self) -> JsPromise:
        return JsPromise.failed(_locked()) if self.writer else self.finish()

    @method
    def abort(self, reason: object = undefined) -> JsPromise:
        return JsPromise.failed(_locked()) if self.writer else self.give_up(reason)


class StreamWriter(JsObject):
    """What `getWriter()` returns."""

    __slots__ = ("_stream",)

    class_name = "WritableStreamDefaultWriter"

    def __init__(self, stream: WritableStream) -> None:
        super().__init__()
        self._stream: WritableStream | None = stream

    @method
    def write(self, chunk: object = undefined) -> JsPromise:
        if self._stream is None:
            return JsPromise.failed(_released())
        return self._stream.put(chunk)

    @method
    def close(self) -> JsPromise:
        if self._stream is None:
            return JsPromise.failed(_released())
        return self._stream.finish()

    @method
    def abort(self, reason: object = undefined) -> JsPromise:
        if self._stream is None:
            return JsPromise.failed(_released())
        return self._stream.give_up(reason)

    @method
    def releaseLock(self) -> None:
        if self._stream is not None:
            self._stream.writer = None
            self._stream = None

    @getter
    def desiredSize(self) -> object:
        if self._stream is None:
            raise _released()
        if self._stream.failure is not None:
            return null
        return 0 if self._stream.is_closed else self._stream.room

    @getter
    def ready(self) -> JsPromise:
        if self._stream is None:
            return JsPromise.failed(_released())
        return JsPromise.run(self._stream.room_again())


class WritableStreamDefaultController(JsObject):
    """What the functions of a sink get."""

    __slots__ = ("_stream",)

    class_name = "WritableStreamDefaultController"

    def __init__(self, stream: WritableStream) -> None:
        super().__init__()
        self._stream = stream

    @method
    def error(self, reason: object = undefined) -> None:
        self._stream.fail(reason)


def _locked() -> JsThrow:
    return type_error("This WritableStream is currently locked to a writer.")


def _released() -> JsThrow:
    return type_error("This WritableStream writer has been released.")


def _closed() -> JsThrow:
    return type_error("This WritableStream has been closed.")
