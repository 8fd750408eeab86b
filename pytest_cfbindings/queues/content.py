"""A message on its way: its content type and its bytes (measured on workerd)."""

from dataclasses import dataclass

from ..javascript.buffers import JsView
from ..javascript.conversions import to_string, typeof
from ..javascript.errors import error, type_error
from ..javascript.json_parse import parse
from ..javascript.json_stringify import stringify
from ..javascript.text import utf8_decode, wtf8_encode
from ..javascript.typed_arrays import Uint8Array
from ..javascript.v8_reader import deserialize
from ..javascript.v8_writer import serialize
from ..javascript.values import undefined

DEFAULT = "json"


@dataclass(frozen=True, slots=True)
class Content:
    """A message's body: `kind` is `text`, `json`, `bytes` or `v8`."""

    kind: str
    data: bytes

    def body(self) -> object:
        """What a consumer gets: a new JavaScript value each time."""
        if self.kind == "text":
            return utf8_decode(self.data)
        if self.kind == "bytes":
            return Uint8Array.of_bytes(self.data)
        return (
            deserialize(self.data) if self.kind == "v8" else parse(self.data.decode())
        )


def content_of(body: object, content_type: object = undefined) -> Content:
    """A body as it is sent. Raises a JavaScript TypeError for one that cannot be."""
    if body is undefined:
        raise type_error("Message body cannot be undefined")
    kind = DEFAULT if content_type is undefined else to_string(content_type)
    if kind == "text":
        if not isinstance(body, str):
            raise _wrong("text", "string", body)
        return Content(kind, wtf8_encode(body))
    if kind == "bytes":
        if not isinstance(body, JsView):
            raise _wrong("bytes", "ArrayBufferView", body)
        return Content(kind, body.to_bytes())
    if kind == "json":
        return Content(kind, _json(body))
    if kind == "v8":
        return Content(kind, serialize(body))
    raise type_error(f"Unsupported queue message content type: {kind}")


def _json(body: object) -> bytes:
    text = stringify(body)
    if text is None:
        # workerd sends the text "undefined", which the service cannot read.
        raise error(
            "Queue send failed: a message of type"
            f" {typeof(body)} has no JSON text, so nothing could be sent."
        )
    return wtf8_encode(text)


def _wrong(kind: str, wanted: str, body: object) -> Exception:
    return type_error(
        f'Content Type "{kind}" requires a value of type {wanted}, but received:'
        f" {typeof(body)}"
    )
