"""What Request and Response share: a body that can be read once."""

import builtins
from collections.abc import Iterable

from ..javascript.buffers import JsArrayBuffer, JsBuffer
from ..javascript.conversions import to_string
from ..javascript.errors import JsThrow, type_error
from ..javascript.iteration import iterate
from ..javascript.json_parse import parse
from ..javascript.objects import (
    ITERATOR,
    JsFunction,
    JsObject,
    Symbol,
    getter,
    method,
)
from ..javascript.promises import JsPromise
from ..javascript.structured_clone import Cloning
from ..javascript.text import utf8_decode, wtf8_encode
from ..javascript.typed_arrays import Uint8Array
from ..javascript.v8_format import HostObject
from ..javascript.values import is_nullish, missing, null
from .blobs import Blob
from .form_data import FormData, decode, encode
from .headers import Headers
from .mime_types import parse_mime_type
from .object_context import let_others_in
from .readable_streams import ReadableStream
from .stream_readers import StreamReader
from .url_classes import URLSearchParams

TEXT_TYPE = "text/plain;charset=UTF-8"
FORM_TYPE = "application/x-www-form-urlencoded;charset=UTF-8"


class HasBody(HostObject):
    """A message whose body is a stream, or null."""

    __slots__ = ("stream",)

    class_name = "Body"

    def __init__(self, stream: ReadableStream | None) -> None:
        super().__init__()
        self.stream = stream

    def js_clone(self, cloning: Cloning) -> JsObject:
        if self.stream is not None:
            cloning.clone(self.stream)
        return self.without_body()

    def without_body(self) -> "HasBody":
        """A copy of a message that has no body."""
        raise NotImplementedError

    @getter
    def body(self) -> object:
        return null if self.stream is None else self.stream

    @getter
    def bodyUsed(self) -> bool:
        return self.stream is not None and self.stream.disturbed

    @method
    def text(self) -> JsPromise:
        return JsPromise.run(self._text())

    @method
    def json(self) -> JsPromise:
        return JsPromise.run(self._json())

    @method
    def arrayBuffer(self) -> JsPromise:
        return JsPromise.run(self._array_buffer())

    @method
    def bytes(self) -> JsPromise:
        return JsPromise.run(self._bytes())

    @method
    def blob(self) -> JsPromise:
        return JsPromise.run(self._blob())

    @method
    def formData(self) -> JsPromise:
        return JsPromise.run(self._form_data())

    def content_type(self) -> str | None:
        """The content type that its headers give."""
        headers = self.js_get("headers")
        assert isinstance(headers, Headers)
        given = headers.get("content-type")
        return given if isinstance(given, str) else None

    async def _blob(self) -> Blob:
        return Blob(await self.consume(), self.blob_type())

    def blob_type(self) -> str:
        """The type of the Blob that holds the body."""
        kind = parse_mime_type(self.content_type() or "")
        return "" if kind is None else kind.text()

    async def _form_data(self) -> FormData:
        return decode(await self.consume(), self.content_type())

    async def _text(self) -> str:
        return utf8_decode(await self.consume()).removeprefix("\ufeff")

    async def _json(self) -> object:
        return parse(await self._text())

    async def _array_buffer(self) -> JsArrayBuffer:
        return JsArrayBuffer(await self.consume())

    async def _bytes(self) -> JsBuffer:
        return Uint8Array.of_bytes(await self.consume())

    async def consume(self) -> builtins.bytes:
        """All bytes of the body, which is used and locked from then on."""
        if self.stream is None:
            return b""
        if self.stream.disturbed:
            raise used_body()
        reader = self.stream.getReader()
        assert isinstance(reader, StreamReader)
        await let_others_in()
        return await self.stream.read_bytes(text_too=False)

    def share_body(self) -> ReadableStream | None:
        """A second copy of the body, for clone()."""
        if self.stream is None:
            return None
        mine, other = self.stream.tee().items
        assert isinstance(mine, ReadableStream)
        assert isinstance(other, ReadableStream)
        self.stream = mine
        return other


def used_body() -> JsThrow:
    """The TypeError of a body that was read before."""
    return type_error(
        "Body has already been used. It can only be used once."
        " Use tee() first if you need to read it twice."
    )


def extract(value: object) -> tuple[ReadableStream | None, str | None]:
    """The stream of a body argument, and the content type that comes with it.

    Raises a JavaScript TypeError for a stream that was read before.
    """
    if is_nullish(value):
        return None, None
    if isinstance(value, ReadableStream):
        if value.disturbed:
            raise type_error(
                "This ReadableStream is disturbed (has already been read from), and"
                " cannot be used as a body."
            )
        return value, None
    if isinstance(value, Blob):
        return ReadableStream.of_bytes(value.data), value.content_type or None
    if isinstance(value, FormData):
        data, content_type = encode(value)
        return ReadableStream.of_bytes(data), content_type
    if isinstance(value, JsBuffer):
        return ReadableStream.of_bytes(value.to_bytes()), None
    if isinstance(value, URLSearchParams):
        return ReadableStream.of_bytes(value.js_to_string().encode()), FORM_TYPE
    if isinstance(value, Symbol):
        raise type_error("Cannot convert a Symbol value to a string")
    if isinstance(value, JsObject) and isinstance(value.js_get(ITERATOR), JsFunction):
        return _of_chunks(iterate(value)), None
    return ReadableStream.of_bytes(wtf8_encode(to_string(value))), TEXT_TYPE


def _of_chunks(chunks: Iterable[object]) -> ReadableStream:
    waiting = iter(chunks)

    async def pull() -> object:
        return next(waiting, missing)

    return ReadableStream(pull)
