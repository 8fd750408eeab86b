"""onlyIf: the conditions of get and put."""

from dataclasses import dataclass

from ..javascript.conversions import truthy
from ..javascript.errors import type_error
from ..javascript.objects import JsObject
from ..javascript.values import is_nullish
from ..web.headers import Headers
from .etags import WILDCARD, ETag, parse_etags
from .fields import optional_date, strict_text, text, wrong_field
from .header_dates import header_date
from .records import Record

_UNSET_MS = -1
"""What a date of -1 means: none (measured)."""


@dataclass(frozen=True, slots=True)
class Condition:
    """When an operation is done; the instants are epoch milliseconds.

    None is no condition of that kind. With `seconds`, both sides of a comparison of
    instants are cut to whole seconds.
    """

    matches: tuple[ETag, ...] | None = None
    does_not_match: tuple[ETag, ...] | None = None
    before_ms: int | None = None
    after_ms: int | None = None
    seconds: bool = False

    @classmethod
    def of_headers(cls, headers: Headers) -> "Condition":
        """From If-Match, If-None-Match, If-Modified-Since and If-Unmodified-Since.

        Raises a JavaScript Error for a list of etags that is none.
        """
        match = _header(headers, "if-match")
        matches = None if match is None else parse_etags("if-match", match)
        none_match = _header(headers, "if-none-match")
        before = _header(headers, "if-unmodified-since")
        after = _header(headers, "if-modified-since")
        return cls(
            matches,
            None if none_match is None else parse_etags("if-none-match", none_match),
            None if before is None else header_date(before),
            None if after is None else header_date(after),
            seconds=True,
        )

    def holds(self, record: Record | None) -> bool:
        """Whether an object, or None for a key without one, fulfils it all."""
        if record is None:
            return self.matches is None and self.after_ms is None
        match = _matches(self.matches, record.etag, weakly=False)
        no_match = not _matches(self.does_not_match, record.etag, weakly=True)
        uploaded = self._instant(record.uploaded_ms)
        # No comparison with an instant before 1970 holds (measured).
        modified = (
            self.after_ms is None
            or 0 <= self._instant(self.after_ms) < uploaded
            or (self.does_not_match is not None and no_match)
        )
        unmodified = (
            self.before_ms is None
            or uploaded < self._instant(self.before_ms)
            or (self.matches is not None and match)
        )
        return (
            (self.matches is None or match)
            and (self.does_not_match is None or no_match)
            and modified
            and unmodified
        )

    def _instant(self, milliseconds: int) -> int:
        return milliseconds // 1000 if self.seconds else milliseconds


@dataclass(frozen=True, slots=True)
class ConditionFields:
    """onlyIf as it was given: its fields have the right types, no more is known."""

    headers: Headers | None = None
    etag_matches: str | None = None
    etag_does_not_match: str | None = None
    uploaded_before: int | None = None
    uploaded_after: int | None = None
    seconds: bool = False

    @classmethod
    def read(cls, value: object, owner: str) -> "ConditionFields | None":
        """From the field `onlyIf` of an options object of type `owner`."""
        if is_nullish(value):
            return None
        if isinstance(value, Headers):
            return cls(value)
        if not isinstance(value, JsObject):
            raise wrong_field("onlyIf", owner, "Conditional or Headers")
        return cls(
            None,
            strict_text(value, "etagMatches", "Conditional"),
            strict_text(value, "etagDoesNotMatch", "Conditional"),
            optional_date(value, "uploadedBefore", "Conditional"),
            optional_date(value, "uploadedAfter", "Conditional"),
            truthy(value.js_get("secondsGranularity")),
        )

    def condition(self) -> Condition:
        """What it means. Raises a JavaScript error for etags that are none."""
        if self.headers is not None:
            return Condition.of_headers(self.headers)
        before, after = self.uploaded_before, self.uploaded_after
        return Condition(
            _one_etag(self.etag_matches),
            _one_etag(self.etag_does_not_match),
            None if before == _UNSET_MS else before,
            None if after == _UNSET_MS else after,
            self.seconds,
        )


def _matches(etags: tuple[ETag, ...] | None, etag: str, *, weakly: bool) -> bool:
    return any(one.matches(etag, weakly) for one in etags or ())


def _one_etag(value: str | None) -> tuple[ETag, ...] | None:
    if value is None:
        return None
    if value[:1] == '"' and value[-1:] == '"':
        raise type_error(f"Conditional ETag should not be wrapped in quotes ({value}).")
    return (WILDCARD if value == "*" else ETag(value),)


def _header(headers: Headers, name: str) -> str | None:
    value = headers.get(name)
    return text(value) if isinstance(value, str) else None
