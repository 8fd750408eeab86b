"""FormData, and its two forms as a body."""

import uuid
from collections.abc import Iterator
from urllib.parse import parse_qsl

from ..javascript.conversions import to_string
from ..javascript.errors import type_error
from ..javascript.objects import method
from ..javascript.text import utf8_decode, utf8_encode
from ..javascript.values import undefined
from .blobs import Blob, File
from .name_value_list import NameValueList

Entry = tuple[str, str | File]


class FormData(NameValueList):
    """Names with texts and files, in order; a name may occur again."""

    __slots__ = ()

    class_name = "FormData"

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
        self.put(*_entry(name, value, file_name))


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
