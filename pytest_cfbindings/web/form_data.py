"""FormData, and its two forms as a body (measured on workerd)."""

import re
from collections.abc import Iterator
from typing import ClassVar

from ..javascript.arguments import wrong_parameter
from ..javascript.conversions import to_string
from ..javascript.errors import type_error
from ..javascript.objects import method
from ..javascript.text import as_utf8, utf8_decode, wtf8_encode
from ..javascript.values import undefined
from .blobs import Blob, File
from .mime_types import parse_mime_type
from .multipart import Part, read, write
from .name_value_list import NameValueList

Entry = tuple[str, str | File]

_UTF8_NAMES = ("utf-8", "utf8", "unicode-1-1-utf-8")
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{0,2})")


class FormData(NameValueList):
    """Names with texts and files, in order; a name may occur again."""

    __slots__ = ()

    class_name = "FormData"
    text_kind: ClassVar[str] = "string"

    @classmethod
    def js_construct(cls) -> "FormData":
        return cls()

    @method
    def append(self, *arguments: object) -> None:
        self.fields.append(_entry("append", arguments))

    @method
    def set(self, *arguments: object) -> None:
        self.put(*_entry("set", arguments))


def _entry(operation: str, arguments: tuple[object, ...]) -> Entry:
    if not arguments:
        raise wrong_parameter(operation, "FormData", 1, "string")
    if len(arguments) == 1:
        raise wrong_parameter(operation, "FormData", 2, "File or Blob or string")
    name, value, *rest = to_string(arguments[0]), *arguments[1:3]
    if not isinstance(value, Blob):
        return name, as_utf8(to_string(value))
    given = next((title for title in rest if title is not undefined), None)
    if isinstance(value, File) and given is None:
        return name, value
    title = name if given is None else to_string(given)
    return name, File(value.data, title, value.content_type)


def encode(form: FormData) -> tuple[bytes, str]:
    """multipart/form-data, and the content type with its boundary."""
    return write(_part(name, value) for name, value in form.fields)


def _part(name: str, value: str | File) -> Part:
    if isinstance(value, str):
        return Part(name, wtf8_encode(value))
    return Part(name, value.data, value.file_name, value.content_type)


def decode(data: bytes, content_type: str | None) -> FormData:
    """The FormData of a body. Raises a JavaScript TypeError."""
    if content_type is None:
        raise type_error("Parsing a Body as FormData requires a Content-Type header.")
    kind = parse_mime_type(content_type)
    if kind is not None and kind.name == "multipart/form-data":
        if "boundary" not in kind.parameters:
            raise type_error(
                "No boundary string in Content-Type header. The multipart/form-data"
                " MIME type requires a boundary parameter, e.g. 'Content-Type:"
                ' multipart/form-data; boundary="abcd"\'. See RFC 7578, section 4.'
            )
        return FormData([*map(_received, read(data, kind.parameters["boundary"]))])
    if kind is not None and kind.name == "application/x-www-form-urlencoded":
        if kind.parameters.get("charset", "utf-8").lower() not in _UTF8_NAMES:
            raise type_error("Non-utf-8 application/x-www-form-urlencoded body.")
        return FormData([*_urlencoded(data)])
    raise type_error(
        "Unrecognized Content-Type header value. FormData can only parse the following"
        " MIME types: multipart/form-data, application/x-www-form-urlencoded"
    )


def _received(part: Part) -> Entry:
    if part.file_name is None:
        return part.name, utf8_decode(part.content)
    return part.name, File(part.content, part.file_name, part.content_type)


def _urlencoded(data: bytes) -> Iterator[Entry]:
    for piece in filter(None, data.split(b"&")):
        name, _, value = piece.partition(b"=")
        yield _unquoted(name), _unquoted(value)


def _unquoted(text: bytes) -> str:
    """A percent sign takes up to two digits with it, and is dropped without any."""

    def byte(found: re.Match[bytes]) -> bytes:
        return bytes([int(found[1], 16)]) if found[1] else b""

    return utf8_decode(_PERCENT.sub(byte, text.replace(b"+", b" ")))
