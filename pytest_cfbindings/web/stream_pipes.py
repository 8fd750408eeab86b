"""From a ReadableStream to a WritableStream (measured on workerd)."""

from typing import TYPE_CHECKING

from ..javascript.arguments import wrong_parameter
from ..javascript.conversions import truthy
from ..javascript.errors import JsThrow, type_error
from ..javascript.objects import JsObject
from ..javascript.promises import JsPromise
from ..javascript.values import missing
from .abort import AbortSignal
from .stream_readers import StreamReader, locked
from .writable_streams import StreamWriter, WritableStream

if TYPE_CHECKING:
    from .readable_streams import ReadableStream


def pipe(stream: "ReadableStream", destination: object, options: object) -> JsPromise:
    """`stream.pipeTo(destination, options)`: the promise of the end."""
    if not isinstance(destination, WritableStream):
        raise wrong_parameter("pipeTo", "ReadableStream", 1, "WritableStream")
    if stream.reader is not None:
        return JsPromise.failed(locked())
    if destination.writer is not None:
        return JsPromise.failed(
            type_error("This WritableStream is currently locked to a writer")
        )
    given = options if isinstance(options, JsObject) else JsObject()
    flow = _Flow(stream, stream.getReader(), destination.getWriter(), given)
    return JsPromise.run(flow.run())


class _Flow:
    """One pipe; its options say what is left alone at the end, and who may stop it."""

    def __init__(
        self,
        stream: "ReadableStream",
        reader: StreamReader,
        writer: StreamWriter,
        options: JsObject,
    ) -> None:
        self._stream = stream
        self._reader = reader
        self._writer = writer
        self._options = options

    def _prevents(self, what: str) -> bool:
        return truthy(self._options.js_get(f"prevent{what}"))

    async def run(self) -> None:
        try:
            await self._all()
        finally:
            self._reader.releaseLock()
            self._writer.releaseLock()

    async def _all(self) -> None:
        while True:
            await self._check_signal()
            try:
                chunk = await self._stream.next_chunk()
            except JsThrow as failed:
                await self._abort(failed.value)
                raise
            if chunk is missing:
                break
            try:
                await self._writer.write(chunk)
            except JsThrow as failed:
                await self._cancel(failed.value)
                raise
        if not self._prevents("Close"):
            await self._writer.close()

    async def _check_signal(self) -> None:
        signal = self._options.js_get("signal")
        if isinstance(signal, AbortSignal) and signal.is_aborted:
            reason = signal.reason()
            await self._abort(reason)
            await self._cancel(reason)
            raise JsThrow(reason)

    async def _abort(self, reason: object) -> None:
        if not self._prevents("Abort"):
            await self._writer.abort(reason)

    async def _cancel(self, reason: object) -> None:
        if not self._prevents("Cancel"):
            await self._stream.end(reason)


def wrong_field(name: str, kind: str) -> JsThrow:
    """The TypeError of a transform that lacks one of its sides."""
    return type_error(
        f"Incorrect type for the '{name}' field on 'Transform': the provided value is"
        f" not of type '{kind}'."
    )
