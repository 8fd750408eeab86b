"""Values and metadata on their way in and out of a namespace."""

from ..javascript.buffers import JsArrayBuffer, JsBuffer
from ..javascript.conversions import to_string
from ..javascript.errors import type_error
from ..javascript.json_parse import parse
from ..javascript.json_stringify import stringify
from ..javascript.objects import JsObject
from ..javascript.text import utf8_decode, wtf8_encode
from ..javascript.values import is_nullish, null
from ..web.readable_streams import ReadableStream
from .service import failure
from .store import Entry


def stored_bytes(value: object) -> bytes | ReadableStream:
    """The bytes of a value, or the stream that has yet to be read.

    Primitives are stored as their text. Raises a JavaScript TypeError for any other
    object, and for a stream that was used before.
    """
    if isinstance(value, JsBuffer):
        return value.to_bytes()
    if isinstance(value, ReadableStream):
        value.check_usable()
        return value
    if isinstance(value, JsObject):
        raise type_error(
            "KV put() accepts only strings, ArrayBuffers, ArrayBufferViews,"
            " and ReadableStreams as values."
        )
    return wtf8_encode(to_string(value))


def metadata_text(metadata: object) -> str | None:
    """The JSON text that is stored; None where null or undefined means none."""
    if is_nullish(metadata):
        return None
    text = stringify(metadata)
    if text is None:
        raise failure("PUT", 500, "Internal Server Error")
    return text


def metadata_value(entry: Entry) -> object:
    """The metadata as a Worker reads it."""
    return null if entry.metadata is None else parse(entry.metadata)


def decoded(value: bytes, type_: str | None) -> object:
    """The value in the type that was asked for.

    Raises a JavaScript TypeError for an unknown type, a SyntaxError for bad JSON.
    """
    if type_ is None or type_ == "text":
        return utf8_decode(value)
    if type_ == "json":
        return parse(utf8_decode(value))
    if type_ == "arrayBuffer":
        return JsArrayBuffer(value)
    if type_ == "stream":
        return ReadableStream.of_bytes(value)
    raise type_error(
        'Unknown response type. Possible types are "text", "arrayBuffer", "json",'
        ' and "stream".'
    )
