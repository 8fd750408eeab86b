"""The etag lists of If-Match and If-None-Match, as the runtime reads them."""

from dataclasses import dataclass

from ..javascript.errors import JsThrow, error

_COMMA = "Comma was expected to separate etags. Encountered a "


@dataclass(frozen=True, slots=True)
class ETag:
    """One etag of a condition; `*` in quotes is an etag, not the wildcard."""

    value: str
    weak: bool = False
    wildcard: bool = False

    def matches(self, etag: str, weakly: bool) -> bool:
        """Whether it is this object's etag; a weak one is never strongly equal."""
        if self.wildcard:
            return True
        return self.value == etag and (weakly or not self.weak)


WILDCARD = ETag("*", wildcard=True)


def parse_etags(header: str, text: str) -> tuple[ETag, ...]:
    """The etags of a header; a wildcard replaces them all.

    A character that starts no etag ends the list without a word. Raises a JavaScript
    Error for a list without any etag and for one without commas.
    """
    found: list[ETag] = []
    position, separated = 0, True
    while position < len(text):
        character = text[position]
        if character in " \t":
            position += 1
        elif character == ",":
            position, separated = position + 1, True
        elif character not in '*"W':
            break
        elif not separated:
            raise _comma_expected(character)
        elif character == "*":
            return (WILDCARD,)
        else:
            etag, position = _read_etag(text, position)
            found.append(etag)
            separated = False
    if not found:
        raise error(f"Invalid ETag in {header} header")
    return tuple(found)


def _read_etag(text: str, start: int) -> tuple[ETag, int]:
    """The etag that starts there, and the place behind it."""
    weak = text[start] == "W"
    if weak:
        if text[start : start + 3] != 'W/"':
            raise error("Weak etags must start with W/ and their value must be quoted")
        start += 2
    end = text.find('"', start + 1)
    if end < 0:
        raise error("Unclosed double quote for Etag")
    return ETag(text[start + 1 : end], weak), end + 1


def _comma_expected(character: str) -> JsThrow:
    if character == "*":
        return error(f"{_COMMA}wildcard character '*' instead.")
    if character == '"':
        return error(
            f"{_COMMA}double quote character '\"' instead. This would otherwise"
            " indicate the start of a new strong etag."
        )
    return error(
        f"{_COMMA}weak quotation character 'W' instead. This would otherwise indicate"
        " the start of a new weak etag."
    )
