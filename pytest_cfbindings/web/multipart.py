"""multipart/form-data, as workerd writes and reads it (measured)."""

import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..javascript.errors import type_error
from ..javascript.text import utf8_decode, wtf8_encode

_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_HEADER = re.compile(r"([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*(.*?)[ \t]*")
_DISPOSITION = re.compile(r"\s*([\w-]+)\s*", re.ASCII)
_PARAMETER = re.compile(r';\s*([\w-]+)\s*=\s*"((?:[^"\n\\]|\\[^\n])+)"\s*', re.ASCII)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """One entry of a form; it is a file if it has a `file_name`."""

    name: str
    content: bytes
    file_name: str | None = None
    content_type: str = ""


def write(parts: Iterable[Part]) -> tuple[bytes, str]:
    """The body of a form, and the content type with its boundary.

    Raises a JavaScript TypeError for a name that ends with a backslash.
    """
    boundary = uuid.uuid4().hex
    written = b"".join(_written(part, boundary) for part in parts)
    ending = f"--{boundary}--".encode()
    return written + ending, f"multipart/form-data; boundary={boundary}"


def _written(part: Part, boundary: str) -> bytes:
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{_safe(part.name)}"'
    if part.file_name is not None:
        kind = part.content_type or "application/octet-stream"
        head += f'; filename="{_safe(part.file_name)}"\r\nContent-Type: {kind}'
    return wtf8_encode(f"{head}\r\n\r\n") + part.content + b"\r\n"


def _safe(name: str) -> str:
    if name.endswith("\\"):
        raise type_error("Name or filename can't end with backslash")
    escaped = name.replace("\\", "\\\\")
    return escaped.replace("\n", "%0A").replace('"', "%22")


def read(data: bytes, boundary: str) -> Iterator[Part]:
    """The parts of a body. Raises a JavaScript TypeError for one that is malformed."""
    mark = b"--" + wtf8_encode(boundary)
    _, found, rest = data.partition(mark)
    if not found or not rest:
        raise type_error(
            "No initial boundary string (or you have a truncated message)."
        )
    while not _is_at_end(rest):
        rest = rest.removeprefix(b"\r").removeprefix(b"\n")
        end = _HEADERS_END.search(rest)
        if end is None:
            raise type_error("No multipart message header termination found.")
        headers = _headers(utf8_decode(rest[: end.start()]))
        name, file_name = _disposition(headers.get("content-disposition"))
        content, found, rest = rest[end.end() :].partition(b"\n" + mark)
        if not found or not rest:
            raise type_error("No subsequent boundary string after multipart message.")
        kind = headers.get("content-type", "")
        yield Part(name, content.removesuffix(b"\r"), file_name, kind)


def _is_at_end(rest: bytes) -> bool:
    if not rest.startswith((b"\n", b"\r\n", b"--")):
        raise type_error("Boundary string was not succeeded by CRLF, LF, or '--'.")
    return rest.startswith(b"--")


def _headers(text: str) -> dict[str, str]:
    found = {}
    for line in text.split("\n"):
        header = _HEADER.fullmatch(line.removesuffix("\r"))
        if header is None:
            raise type_error("FormData part had invalid headers.")
        found[header[1].lower()] = header[2]
    return found


def _disposition(header: str | None) -> tuple[str, str | None]:
    """The name, and the file's name if there is one."""
    if header is None:
        raise type_error("No valid Content-Disposition header found in FormData part.")
    kind = _DISPOSITION.match(header)
    if kind is None:
        raise type_error("Invalid Content-Disposition header found in FormData part.")
    if kind[1] != "form-data":
        raise type_error(
            'Content-Disposition header for FormData part must have the value "form-'
            f'data", possibly followed by parameters. Got: "{kind[1]}"'
        )
    parameters, place = {}, kind.end()
    while parameter := _PARAMETER.match(header, place):
        parameters[parameter[1]] = _ESCAPED.sub(r"\1", parameter[2])
        place = parameter.end()
    if "name" not in parameters:
        raise type_error(
            "Content-Disposition header in FormData part is missing a name."
        )
    return parameters["name"], parameters.get("filename")
