"""Requests to the S3 API and its answers, free of any HTTP library."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from xml.sax.saxutils import escape

from ..errors import Problem
from .hosts import Host

_XMLNS: Final = "http://s3.amazonaws.com/doc/2006-03-01/"
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>'


@dataclass(frozen=True, slots=True)
class Request:
    """A request; header names are lower case. `key` is "" for a bucket itself."""

    method: str
    host: Host
    bucket: str
    key: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: bytes = b""

    @classmethod
    def of(
        cls,
        method: str,
        url: str,
        host: Host,
        headers: Iterable[tuple[str, str]],
        body: bytes,
    ) -> "Request":
        """From its URL, path style or virtual-host style."""
        parts = urlsplit(url)
        path = parts.path.removeprefix("/")
        if host.bucket is None:
            bucket, _, key = path.partition("/")
        else:
            bucket, key = host.bucket, path
        return cls(
            method.upper(),
            host,
            unquote(bucket),
            unquote(key),
            tuple(parse_qsl(parts.query, keep_blank_values=True)),
            {name.lower(): value for name, value in headers},
            body,
        )

    def parameter(self, name: str) -> str | None:
        """The first value of a query parameter."""
        return next((value for key, value in self.query if key == name), None)

    def names(self) -> list[str]:
        """The names of all query parameters."""
        return [name for name, _ in self.query]


@dataclass(frozen=True, slots=True)
class Response:
    """An answer."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Refusal(Exception):
    """A request that is answered with an error."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code

    @classmethod
    def of(cls, problem: Problem) -> "Refusal":
        """The same refusal as the binding's."""
        return cls(problem.status, problem.s3_code, problem.text)

    def response(self) -> Response:
        """The answer, as the clients expect errors."""
        body = (
            f"{_DECLARATION}<Error><Code>{self.code}</Code>"
            f"<Message>{escape(str(self))}</Message></Error>"
        )
        return Response(self.status, {"Content-Type": "application/xml"}, body.encode())


def not_implemented(what: str) -> Refusal:
    """R2's refusal of what S3 has and R2 has not."""
    return Refusal(501, "NotImplemented", f"{what} not implemented")


def invalid_argument(message: str) -> Refusal:
    """R2's refusal of an argument."""
    return Refusal(400, "InvalidArgument", message)


def malformed_xml() -> Refusal:
    """R2's refusal of a body."""
    return Refusal(
        400,
        "MalformedXML",
        "The XML you provided was not well formed or did not validate against our"
        " published schema.",
    )


Content = str | int | bool | Mapping[str, "Content"] | list["Content"]
"""What an element holds: a text, elements by name, or several under one name."""


def document(root: str, content: Content) -> Response:
    """An XML answer."""
    body = f'{_DECLARATION}<{root} xmlns="{_XMLNS}">{_inner(content)}</{root}>'
    return Response(200, {"Content-Type": "application/xml"}, body.encode())


def _inner(content: Content) -> str:
    if isinstance(content, Mapping):
        return "".join(_elements(name, value) for name, value in content.items())
    if isinstance(content, bool):
        return "true" if content else "false"
    return escape(str(content))


def _elements(name: str, content: Content) -> str:
    if isinstance(content, list):
        return "".join(_elements(name, item) for item in content)
    return f"<{name}>{_inner(content)}</{name}>"


def url_encoded(text: str) -> str:
    """A key as S3 encodes it in a URL, and in lists that ask for it."""
    return quote(text, safe="/-_.~")
