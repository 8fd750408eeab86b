"""The options of list(): which keys, in which order."""

from dataclasses import dataclass

from ..javascript.arguments import warn_of_unknown_options, wrong_parameter
from ..javascript.conversions import to_string, truthy
from ..javascript.errors import type_error
from ..javascript.numeric import to_int32_checked
from ..javascript.objects import JsObject
from ..javascript.text import wtf8_encode
from ..javascript.values import is_nullish, undefined
from .entries import Range

_SYNCHRONOUS = ("start", "startAfter", "end", "prefix", "reverse", "limit")
_ASYNCHRONOUS = (*_SYNCHRONOUS, "allowConcurrency", "noCache")


@dataclass(frozen=True, slots=True)
class ListOptions:
    """The options as the runtime converts them; keys are WTF-8."""

    start: bytes | None = None
    start_after: bytes | None = None
    end: bytes | None = None
    prefix: bytes = b""
    reverse: bool = False
    limit: int | None = None

    @classmethod
    def read(
        cls, value: object, interface: str, synchronous: bool = False
    ) -> "ListOptions":
        """From an options object, null or undefined.

        Raises a JavaScript TypeError for anything else and for a limit beyond 32 bits.
        """
        if is_nullish(value):
            return cls()
        if not isinstance(value, JsObject):
            raise wrong_parameter("list", interface, 1, "ListOptions")
        known = _SYNCHRONOUS if synchronous else _ASYNCHRONOUS
        warn_of_unknown_options("Durable Object list", value, known)
        limit = value.js_get("limit")
        return cls(
            _key(value, "start"),
            _key(value, "startAfter"),
            _key(value, "end"),
            _key(value, "prefix") or b"",
            truthy(value.js_get("reverse")),
            None if limit is undefined else to_int32_checked(limit),
        )

    def range(self) -> Range | None:
        """The keys that are meant; None where there can be none.

        Raises a JavaScript TypeError for `start` with `startAfter` and for a limit
        below 1.
        """
        start = self.start or b""
        if self.start_after is not None:
            if self.start is not None:
                raise type_error(
                    "list() cannot be called with both start and startAfter values."
                )
            start = self.start_after + b"\0"
        if self.limit is not None and self.limit < 1:
            raise type_error("List limit must be positive.")
        end = self.end
        if self.prefix:
            start = max(start, self.prefix)
            after = _after(self.prefix)
            end = after if end is None else min(end, after)
        if end is not None and end <= start:
            return None
        return Range(start, end, self.reverse, self.limit)


def _key(options: JsObject, name: str) -> bytes | None:
    value = options.js_get(name)
    return None if value is undefined else wtf8_encode(to_string(value))


def _after(prefix: bytes) -> bytes:
    """The first key behind all those with the prefix. WTF-8 has no byte 0xFF."""
    return prefix[:-1] + bytes((prefix[-1] + 1,))
