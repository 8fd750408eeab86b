"""What a ReadableStream made by JavaScript or Python reads from (measured on workerd).

`pull` is called when somebody reads and nothing waits; workerd calls it for one chunk
in advance, so the calls come later here, and there may be one less.
"""

from ..javascript.arguments import wrong_parameter
from ..javascript.errors import JsThrow, type_error
from ..javascript.objects import JsFunction, JsObject, getter, method
from ..javascript.promises import JsPromise, promise_of, reason_of
from ..javascript.values import missing, null, undefined
from .stream_fields import function_field


class ChunkQueue:
    """Chunks on their way from one side to the other."""

    def __init__(self) -> None:
        self.chunks: list[object] = []
        self.is_closed = False
        self.failure: JsThrow | None = None
        self._readers_waiting: list[JsPromise] = []
        self._writers_waiting: list[JsPromise] = []

    @property
    def accepts(self) -> bool:
        """Whether something can still be put in."""
        return not self.is_closed and self.failure is None

    def put(self, chunk: object) -> None:
        """Add a chunk. Raises a JavaScript TypeError once the queue is at its end."""
        if not self.accepts:
            raise type_error("Unable to enqueue")
        self.chunks.append(chunk)
        _wake(self._readers_waiting)

    def close(self) -> None:
        """End it after what is in it."""
        self.is_closed = True
        _wake(self._readers_waiting)
        _wake(self._writers_waiting)

    def fail(self, reason: object) -> None:
        """End it at once: whoever reads gets the reason thrown."""
        if self.accepts:
            self.failure = JsThrow(reason)
            self.chunks.clear()
            _wake(self._readers_waiting)
            _wake(self._writers_waiting)

    async def changed(self) -> None:
        """Wait, as a reader, until there is something to read."""
        waiting = JsPromise()
        self._readers_waiting.append(waiting)
        _wake(self._writers_waiting)
        await waiting.settling()

    async def wanted(self) -> None:
        """Wait, as a writer, until somebody reads or nobody will."""
        while self.accepts and not self._readers_waiting:
            waiting = JsPromise()
            self._writers_waiting.append(waiting)
            await waiting.settling()


def _wake(waiting: list[JsPromise]) -> None:
    woken = list(waiting)
    waiting.clear()
    for promise in woken:
        promise.resolve()


class UnderlyingSource:
    """The object given to `new ReadableStream`: start, pull and cancel."""

    def __init__(self, source: JsObject, high_water_mark: float) -> None:
        self.queue = ChunkQueue()
        self._source = source
        self._pull = function_field(source, "pull", "UnderlyingSource")
        self._cancel = function_field(source, "cancel", "UnderlyingSource")
        start = function_field(source, "start", "UnderlyingSource")
        self._controller = ReadableStreamDefaultController(self.queue, high_water_mark)
        self._busy = False
        self._asked_again = False
        if start is not None:
            self._run(start)

    def _run(self, function: JsFunction) -> None:
        """Call it with the controller; a failure, now or later, fails the stream."""
        self._busy = True
        try:
            answer = promise_of(function.invoke(self._source, (self._controller,)))
        except Exception as exception:
            self._busy = False
            self.queue.fail(reason_of(exception))
            return
        answer.when_settled(self._finished)

    def _finished(self, answer: JsPromise) -> None:
        self._busy = False
        if answer.state == "rejected":
            self.queue.fail(answer.outcome)
        elif self._asked_again:
            self._ask()

    def _ask(self) -> None:
        """Call `pull`, or let it be called again when the call before is over."""
        self._asked_again = self._busy
        if self._pull is not None and not self._busy and self.queue.accepts:
            self._run(self._pull)

    async def chunk(self) -> object:
        """The next chunk, or `missing` at the end. Raises JsThrow with a failure."""
        queue = self.queue
        while not queue.chunks:
            if queue.failure is not None:
                raise queue.failure
            if queue.is_closed:
                return missing
            self._ask()
            if not queue.chunks and queue.accepts:
                await queue.changed()
        return queue.chunks.pop(0)

    def cancel(self, reason: object) -> JsPromise:
        """Nobody will read any more."""
        self.queue.close()
        if self._cancel is None:
            return JsPromise.resolved()
        return promise_of(self._cancel.invoke(self._source, (reason,)))


class ReadableStreamDefaultController(JsObject):
    """What `start` and `pull` get."""

    __slots__ = ("_high_water_mark", "_queue")

    class_name = "ReadableStreamDefaultController"

    def __init__(self, queue: ChunkQueue, high_water_mark: float) -> None:
        super().__init__()
        self._queue = queue
        self._high_water_mark = high_water_mark

    @method
    def enqueue(self, chunk: object = undefined) -> None:
        self._queue.put(chunk)

    @method
    def close(self) -> None:
        if not self._queue.accepts:
            raise type_error("This ReadableStream is closed.")
        self._queue.close()

    @method
    def error(self, *arguments: object) -> None:
        if not arguments:
            raise wrong_parameter("error", self.class_name, 1, "JsValue")
        self._queue.fail(arguments[0])

    @getter
    def desiredSize(self) -> object:
        if self._queue.failure is not None:
            return null
        if self._queue.is_closed:
            return 0
        return self._high_water_mark - len(self._queue.chunks)
