"""FormData, and its two forms as a body."""

import uuid
from collections.abc import Iterator
from urllib.parse import parse_qsl

from ..javascript.arrays import JsArray, pairs
from ..javascript.callbacks import checked_function
from ..javascript.conversions import to_string
from ..javascript.errors import type_error
from ..javascript.iterators import JsIterator
from ..javascript.objects import ITERATOR, JsObject, method, method_as
from ..javascript.text import utf8_decode, utf8_encode
from ..javascript.values import null, undefined
from .blobs import Blob, File

Entry = tuple[str, str | File]


class FormData(JsObject):
    """Names with texts and files, in order; a name may occur again."""

    __slots__ = ("fields",)

    class_name = "FormData"

    def __init__(self, fields: list[Entry] | None = None) -> None:
        super().__init__()
        self.fields = fields or []

    @classmethod
    def js_construct(cls) -> "FormData":
        return cls()

    @method
    def append(
        self, name: object, value: object = undefined, file_name: object = undefined
    ) -> None:
        self.fields.append(_entry(name, value, file_name))

    @method
    def set(
        self, name: object, value: object = undefined, file_name: object = undefined
    ) -> None:
        entry = _entry(name, value, file_name)
        places = [i for i, field in enumerate(self.fields) if field[0] == entry[0]]
        if places:
            self.fields[places[0]] = entry
            for place in reversed(places[1:]):
                del self.fields[place]
        else:
            self.fields.append(entry)

    def _values(self, name: object) -> list[object]:
        wanted = to_string(name)
        return [value for field, value in self.fields if field == wanted]

    @method
    def get(self, name: object = undefined) -> object:
        values = self._values(name)
        return values[0] if values else null

    @method
    def getAll(self, name: object = undefined) -> JsArray:
        return JsArray(self._values(name))

    @method
    def has(self, name: object = undefined) -> bool:
        return bool(self._values(name))

    @method
    def delete(self, name: object = undefined) -> None:
        wanted = to_string(name)
        self.fields = [field for field in self.fields if field[0] != wanted]

    @method_as(ITERATOR)
    def iterate(self) -> JsIterator:
        return pairs(list(self.fields))

    @method
    def entries(self) -> JsIterator:
        return self.iterate()

    @method
    def keys(self) -> JsIterator:
        return JsIterator(iter([name for name, _ in self.fields]))

    @method
    def values(self) -> JsIterator:
        return JsIterator(iter([value for _, value in self.fields]))

    @method
    def forEach(self, callback: object = undefined) -> None:
        function = checked_function(callback)
        for name, value in list(self.fields):
            function.invoke(undefined, (value, name, self))


def _entry(name: object, value: object, file_name: object) -> Entry:
    if not isinstance(value, Blob):
        return to_string(name), to_string(value)
    known = value.file_name if isinstance(value, File) else "blob"
    title = known if file_name is undefined else to_string(file_name)
    return to_string(name), File(value.data, title, value.content_type)


def encode(form: FormData) -> tuple[bytes, str]:
    """multipart/form-data, and the content type with its boundary."""
    boundary = uuid.uuid4().hex
    parts = [_encoded_part(name, value, boundary) for name, value in form.fields]
    ending = f"--{boundary}--".encode()
    return b"".join(parts) + ending, f"multipart/form-data; boundary={boundary}"


def _encoded_part(name: str, value: str | File, boundary: str) -> bytes:
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{_escaped(name)}"'
    if isinstance(value, str):
        return utf8_encode(f"{head}\r\n\r\n{value}\r\n")
    kind = value.content_type or "application/octet-stream"
    head += f'; filename="{_escaped(value.file_name)}"\r\nContent-Type: {kind}'
    return utf8_encode(f"{head}\r\n\r\n") + value.data + b"\r\n"


def _escaped(text: str) -> str:
    return text.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")


def decode(data: bytes, content_type: str | None) -> FormData:
    """The FormData of a body. Raises a JavaScript TypeError."""
    if content_type is None:
        raise type_error("Parsing a Body as FormData requires a Content-Type header.")
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        return FormData([*parse_qsl(utf8_decode(data), keep_blank_values=True)])
    if kind == "multipart/form-data":
        return FormData(list(_parts(data, content_type)))
    raise type_error(
        "Unrecognized Content-Type header value. FormData can only parse the following"
        " MIME types: multipart/form-data, application/x-www-form-urlencoded"
    )


def _parts(data: bytes, content_type: str) -> Iterator[Entry]:
    from email.parser import BytesParser
    from email.policy import HTTP

    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    for part in BytesParser(policy=HTTP).parsebytes(head + data).iter_parts():
        name = str(part.get_param("name", "", header="content-disposition"))
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        file_name = part.get_filename()
        if file_name is None:
            yield name, utf8_decode(content)
        else:
            yield name, File(content, file_name, part.get_content_type())
