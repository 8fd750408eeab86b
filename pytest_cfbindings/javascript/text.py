"""JavaScript strings: UTF-16 inside, UTF-8 where they leave."""

import re

_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ARRAY_INDEX = re.compile("0|[1-9][0-9]{0,9}")


def has_lone_surrogate(text: str) -> bool:
    """Whether the text holds half of a surrogate pair without the other half."""
    return not text.isascii() and _SURROGATE.search(join_pairs(text)) is not None


def join_pairs(text: str) -> str:
    """Surrogate pairs become the one character they stand for."""
    if text.isascii() or not _PAIR.search(text):
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    return units.decode("utf-16-le", "surrogatepass")


def utf16_length(text: str) -> int:
    """`text.length`: how many UTF-16 units the text has."""
    if text.isascii():
        return len(text)
    return len(text) + sum(1 for character in text if character > "\uffff")


def utf16_units(text: str) -> str:
    """The text with one character for each UTF-16 unit, as JavaScript indexes it."""
    if all(character <= "\uffff" for character in text):
        return text
    raw = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(raw[i] | raw[i + 1] << 8) for i in range(0, len(raw), 2))


def utf8_encode(text: str) -> bytes:
    """UTF-8, with U+FFFD for a lone surrogate, as TextEncoder does."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        whole = join_pairs(text)
        return _SURROGATE.sub("\ufffd", whole).encode()


def wtf8_encode(text: str) -> bytes:
    """UTF-8 that keeps a lone surrogate as its three bytes, as V8 hands it to C++."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return join_pairs(text).encode("utf-8", "surrogatepass")


def well_formed(text: str) -> str:
    """`text.toWellFormed()`: U+FFFD stands for each lone surrogate."""
    return text if text.isascii() else utf8_decode(utf8_encode(text))


def utf8_length(text: str) -> int:
    """How many bytes the text has in UTF-8, a lone surrogate counting three."""
    return len(text) if text.isascii() else len(wtf8_encode(text))


def utf8_decode(data: bytes) -> str:
    """Text of UTF-8 bytes; each maximal invalid part becomes one U+FFFD."""
    return data.decode("utf-8", "replace")


def as_utf8(text: str) -> str:
    """The text as it arrives when it travels as UTF-8.

    Of a lone surrogate, three U+FFFD arrive (measured).
    """
    return text if text.isascii() else utf8_decode(wtf8_encode(text))


def is_array_index(name: str) -> bool:
    """Whether a property name counts as an array index, "0" to "4294967294"."""
    if not name or not "0" <= name[0] <= "9":
        return False
    return _ARRAY_INDEX.fullmatch(name) is not None and int(name) < 2**32 - 1
