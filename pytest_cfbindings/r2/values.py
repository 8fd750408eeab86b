"""The values that put and uploadPart take."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from ..javascript.arguments import wrong_parameter
from ..javascript.buffers import JsBuffer
from ..javascript.errors import JsThrow, type_error
from ..javascript.text import wtf8_encode
from ..javascript.values import is_nullish
from ..web.blobs import Blob
from ..web.readable_streams import ReadableStream

_KINDS: Final = "ReadableStream or ArrayBuffer or ArrayBufferView or string or Blob"


def read_value(
    arguments: tuple[object, ...], operation: str, interface: str, null_is_empty: bool
) -> bytes | ReadableStream:
    """The bytes of the second argument, or the stream that has yet to be read.

    Raises a JavaScript TypeError for every other kind of value.
    """
    wrong = wrong_parameter(operation, interface, 2, _KINDS)
    if len(arguments) < 2:
        raise wrong
    value = arguments[1]
    if isinstance(value, str):
        return wtf8_encode(value)
    if isinstance(value, JsBuffer):
        return value.to_bytes()
    if isinstance(value, Blob):
        return value.data
    if isinstance(value, ReadableStream):
        return value
    if is_nullish(value) and null_is_empty:
        return b""
    raise wrong


@contextmanager
def used_up(value: object) -> Iterator[None]:
    """A stream that put refuses to read is used up all the same (measured)."""
    try:
        yield
    except JsThrow:
        if isinstance(value, ReadableStream) and value.reader is None:
            value.end()
        raise


async def read_stream(stream: ReadableStream) -> bytes:
    """All bytes of a stream, which is used and locked from then on.

    Raises a JavaScript TypeError for a stream of unknown length, for one that was
    read before, and for one that ends too early.
    """
    if stream.length is None:
        raise type_error(
            "Provided readable stream must have a known length (request/response body"
            " or readable half of FixedLengthStream)"
        )
    stream.check_usable()
    stream.getReader()
    return await stream.read_bytes()
