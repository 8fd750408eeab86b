"""How large keys and values may be, on each kind of class."""

from collections.abc import Sequence
from typing import Protocol

from ..javascript.errors import JsThrow, error, range_error
from ..limits import (
    DO_HEADER_BYTES,
    DO_KEY_BYTES,
    DO_KEYS,
    DO_VALUE_BYTES,
    SQL_VALUE_BYTES,
)
from .entries import Pair


class EntryLimits(Protocol):
    """Each refuses by a JavaScript error."""

    def check_key(self, key: bytes) -> None:
        """A key to be read or deleted."""

    def check_bound(self, key: bytes) -> None:
        """What to list from, or up to."""

    def check_keys(self, keys: Sequence[bytes]) -> None:
        """The keys of one call that takes several."""

    def check_pairs(self, pairs: Sequence[Pair]) -> None:
        """What one call puts."""

    def check_count(self, count: int) -> None:
        """How many entries one call names."""


class SqliteEntryLimits:
    """SQLite-backed classes: a row of 2,000,000 bytes, as it is documented.

    workerd sets SQLite's own limit 10 % above that, and newer versions at 4 MiB; what
    lies between is refused here, in SQLite's words.
    """

    def check_key(self, key: bytes) -> None:
        """Raises SQLITE_TOOBIG."""
        _check_row(len(key))

    def check_bound(self, key: bytes) -> None:
        """Raises SQLITE_TOOBIG."""
        _check_row(len(key))

    def check_keys(self, keys: Sequence[bytes]) -> None:
        """Raises SQLITE_TOOBIG."""
        for key in keys:
            _check_row(len(key))

    def check_pairs(self, pairs: Sequence[Pair]) -> None:
        """Raises SQLITE_TOOBIG."""
        for key, value in pairs:
            _check_row(len(key) + len(value))

    def check_count(self, count: int) -> None:
        """Any number will do (measured; the documentation's 128 is for the others)."""


def _check_row(size: int) -> None:
    if size > SQL_VALUE_BYTES.value + DO_HEADER_BYTES.value:
        raise error("string or blob too big: SQLITE_TOOBIG")


class KeyValueEntryLimits:
    """KV-backed classes, in production's words (read in workerd's source)."""

    def check_key(self, key: bytes) -> None:
        """Raises RangeError."""
        if len(key) > DO_KEY_BYTES.value:
            raise _too_large("Keys", DO_KEY_BYTES.value, "A key", len(key))

    def check_bound(self, key: bytes) -> None:
        """Any will do: it need not be a key that could be stored."""

    def check_keys(self, keys: Sequence[bytes]) -> None:
        """Raises RangeError."""
        self.check_count(len(keys))
        for key in keys:
            self.check_key(key)

    def check_pairs(self, pairs: Sequence[Pair]) -> None:
        """Raises RangeError."""
        self.check_count(len(pairs))
        for key, value in pairs:
            self.check_key(key)
            if len(value) > DO_VALUE_BYTES.value + DO_HEADER_BYTES.value:
                raise _too_large("Values", DO_VALUE_BYTES.value, "A value", len(value))

    def check_count(self, count: int) -> None:
        """Raises RangeError."""
        if count > DO_KEYS.value:
            raise range_error(
                f"Maximum number of key value pairs is {DO_KEYS.value}."
                f" {count} pairs were provided."
            )


def _too_large(what: str, limit: int, one: str, size: int) -> JsThrow:
    return range_error(
        f"{what} cannot be larger than {limit} bytes."
        f" {one} of size {size} was provided."
    )
