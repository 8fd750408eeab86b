"""Streams on their way between the runtime and what uses them here."""

from ..javascript.arrays import JsArray
from ..javascript.objects import JsObject, method
from ..javascript.promises import JsPromise
from ..javascript.values import missing
from ..web.readable_streams import ReadableStream
from ..web.stream_readers import StreamReader
from .links import Link
from .messages import SentStream


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


async def to_send(stream: ReadableStream) -> object:
    """A copy of a stream, in the same state, for the other side."""
    if isinstance(stream, RemoteStream):
        return stream
    if stream.reader is not None or stream.disturbed:
        return SentStream(b"", True, "disturbed" if stream.reader is None else "locked")
    length = stream.length
    return SentStream(
        await stream.read_bytes(text_too=False), length is not None, "new"
    )
