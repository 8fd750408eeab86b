"""MIME types, as the WHATWG's MIME Sniffing Standard reads and writes them."""

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)(?:"|\\?$)', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_SPACE = "\t\n\r "


@dataclass(frozen=True, slots=True)
class MimeType:
    """`name` is `type/subtype`, in lower case as the names of parameters are."""

    name: str
    parameters: dict[str, str]

    def text(self) -> str:
        """As it is written."""
        return self.name + "".join(
            f";{name}={value if _TOKEN.fullmatch(value) else _quoted(value)}"
            for name, value in self.parameters.items()
        )


def parse_mime_type(text: str) -> MimeType | None:
    """The MIME type; None for a text that is none."""
    name, _, rest = text.strip(_SPACE).partition(";")
    kind, slash, subtype = name.partition("/")
    subtype = subtype.rstrip(_SPACE)
    if not slash or not _TOKEN.fullmatch(kind) or not _TOKEN.fullmatch(subtype):
        return None
    parameters: dict[str, str] = {}
    while rest:
        key, value, rest = _parameter(rest.lstrip(_SPACE))
        if _TOKEN.fullmatch(key) and value is not None and _VALUE.fullmatch(value):
            parameters.setdefault(key, value)
    return MimeType(f"{kind}/{subtype}".lower(), parameters)


def _parameter(text: str) -> tuple[str, str | None, str]:
    """The first parameter's name and value, and what follows it."""
    piece, _, rest = text.partition(";")
    key, equals, value = piece.partition("=")
    if not equals:
        return key.lower(), None, rest
    quoted = _QUOTED.match(text, len(key) + 1)
    if quoted:
        _, _, rest = text[quoted.end() :].partition(";")
        return key.lower(), _ESCAPE.sub(r"\1", quoted[1]), rest
    value = value.rstrip(_SPACE)
    return key.lower(), value or None, rest


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
