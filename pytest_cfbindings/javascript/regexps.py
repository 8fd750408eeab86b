"""RegExp, over Python's regular expressions."""

import re

from .arrays import JsArray
from .conversions import to_string
from .errors import syntax_error
from .objects import JsObject, PropertyKey, getter_as, method, method_as
from .values import null, undefined

# What is spelled otherwise in Python; "$" is before a final newline there as well.
_SPELLING = re.compile(
    r"\\(?:u\{([0-9a-fA-F]+)\}|k<(\w+)>|(/)|.)|\(\?<(?![=!])|\[\^?\]|\[(?:\\.|[^\]])*\]|\$",
    re.S,
)
_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}


def _spelled(found: re.Match[str], multiline: bool) -> str:
    text = found[0]
    if found[1]:
        return re.escape(chr(int(found[1], 16)))
    if found[2]:
        return f"(?P={found[2]})"
    if found[3]:
        return "/"
    if text == "(?<":
        return "(?P<"
    if text == "$":
        return "$" if multiline else r"\Z"
    if text in ("[]", "[^]"):
        return "(?!)" if text == "[]" else r"[\s\S]"
    return "[" + text[1:].replace("[", "\\[") if text[0] == "[" else text


class JsRegExp(JsObject):
    """A JavaScript RegExp; `compiled` is Python's counterpart."""

    __slots__ = ("compiled", "flags", "last_index", "source")

    class_name = "RegExp"

    def __init__(self, source: str, flags: str = "") -> None:
        super().__init__()
        self.source = source
        self.flags = flags
        self.last_index: object = 0
        options = re.ASCII
        for flag in flags:
            options |= _FLAGS.get(flag, re.ASCII)
        multiline = "m" in flags
        try:
            self.compiled = re.compile(
                _SPELLING.sub(lambda found: _spelled(found, multiline), source), options
            )
        except re.error as error:
            raise syntax_error(
                f"Invalid regular expression: /{source}/{flags}: {error}"
            ) from None

    @classmethod
    def js_construct(
        cls, pattern: object = undefined, flags: object = undefined
    ) -> "JsRegExp":
        given = "" if flags is undefined else to_string(flags)
        if isinstance(pattern, JsRegExp):
            return cls(pattern.source, pattern.flags if flags is undefined else given)
        text = "" if pattern is undefined else to_string(pattern)
        return cls(text or "(?:)", given)

    js_call = js_construct

    def js_set(self, key: PropertyKey, value: object) -> None:
        if key == "lastIndex":
            self.last_index = value
        else:
            super().js_set(key, value)

    def js_to_string(self) -> str:
        return f"/{self.source}/{self.flags}"

    def _match(self, text: str) -> re.Match[str] | None:
        moves = "g" in self.flags or "y" in self.flags
        start = self.last_index if moves and isinstance(self.last_index, int) else 0
        find = self.compiled.match if "y" in self.flags else self.compiled.search
        found = find(text, start) if start <= len(text) else None
        if moves:
            self.last_index = found.end() if found else 0
        return found

    @method
    def test(self, text: object = undefined) -> bool:
        return self._match(to_string(text)) is not None

    @method_as("exec")
    def exec_(self, text: object = undefined) -> object:
        found = self._match(to_string(text))
        return null if found is None else match_array(found)

    @getter_as("source")
    def _source(self) -> str:
        return self.source

    @getter_as("flags")
    def _flags(self) -> str:
        return self.flags

    @getter_as("global")
    def _global(self) -> bool:
        return "g" in self.flags

    @getter_as("lastIndex")
    def _last_index(self) -> object:
        return self.last_index


def match_array(found: re.Match[str]) -> JsArray:
    """What `exec` gives for a match."""
    made = JsArray([found[0], *found.groups(undefined)])
    names: dict[PropertyKey, object] = dict(found.groupdict(undefined).items())
    made.properties.update(
        index=found.start(),
        input=found.string,
        groups=JsObject(names) if names else undefined,
    )
    return made
