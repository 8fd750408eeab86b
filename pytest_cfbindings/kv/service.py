"""What Cloudflare's KV service answers: limits, error texts, expiry, listing.

Every refusal reads `KV <METHOD> failed: <status> <text>`; method names and texts are
those measured on workerd, or production's where the two differ (the cursor).
"""

import builtins
from dataclasses import dataclass

from ..clock import Clock
from ..cursors import issue_cursor, read_cursor
from ..javascript.errors import JsThrow, error
from ..javascript.text import has_lone_surrogate, utf8_length
from ..limits import (
    KV_CACHE_TTL_SECONDS,
    KV_EXPIRATION_SECONDS,
    KV_KEY_BYTES,
    KV_LIST_KEYS,
    KV_METADATA_BYTES,
    KV_VALUE_BYTES,
)
from .consistency import Eventual
from .network import Network
from .store import Entry, Store


def failure(method: str, status: int, text: str) -> JsThrow:
    """The Error of a request that the service refused."""
    return error(f"KV {method} failed: {status} {text}")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a listing; `cursor` is None when it is the last one."""

    entries: list[tuple[str, Entry]]
    cursor: str | None


class Service:
    """One namespace's service. All durations and instants are in seconds."""

    def __init__(
        self, store: Store, clock: Clock, network: Network | None = None
    ) -> None:
        self.store = store
        self._clock = clock
        self._network = network or Network(store, clock)

    def at_start(self) -> "Service":
        """The same service on what the test found when it began."""
        return Service(self.store.at_start(), self._clock)

    def draft(self) -> "Service":
        """The same service on what tests will begin with, to be seeded."""
        return Service(self.store.draft(), self._clock)

    def get(self, key: str, cache_ttl: int | None, method: str = "GET") -> Entry | None:
        """The living entry under a key."""
        self.check_length(method, key)
        _check_decodable(method, key)
        self._check_cache_ttl(method, cache_ttl)
        eventual = self._network.eventual
        if eventual is not None:
            return eventual.get(key, cache_ttl)
        return self.store.get(key)

    def check_length(self, method: str, text: str) -> None:
        """Refuse a key or prefix that is too long."""
        length, limit = utf8_length(text), KV_KEY_BYTES.value
        if length > limit:
            raise failure(
                method,
                414,
                f"UTF-8 encoded length of {length} exceeds key length limit of"
                f" {limit}.",
            )

    def _check_cache_ttl(self, method: str, cache_ttl: int | None) -> None:
        least = KV_CACHE_TTL_SECONDS.value
        if cache_ttl is not None and cache_ttl < least:
            raise failure(
                method,
                400,
                f"Invalid cache_ttl of {cache_ttl}. Cache TTL must be at least"
                f" {least}.",
            )

    def _expiration(self, at: int | None, ttl: int | None) -> int | None:
        """A TTL wins, and `at` is then not even read."""
        if ttl is not None:
            return self._from_ttl(ttl)
        return None if at is None else self._from_instant(at)

    def _from_ttl(self, ttl: int) -> int:
        least = KV_EXPIRATION_SECONDS.value
        if ttl <= 0:
            raise failure(
                "PUT",
                400,
                f"Invalid expiration_ttl of {ttl}."
                " Please specify integer greater than 0.",
            )
        if ttl < least:
            raise failure(
                "PUT",
                400,
                f"Invalid expiration_ttl of {ttl}. Expiration TTL must be at least"
                f" {least}.",
            )
        return self._clock.now_seconds() + ttl

    def _from_instant(self, at: int) -> int:
        now, least = self._clock.now_seconds(), KV_EXPIRATION_SECONDS.value
        if at <= now:
            raise failure(
                "PUT",
                400,
                f"Invalid expiration of {at}. Please specify integer greater than the"
                " current number of seconds since the UNIX epoch.",
            )
        if at < now + least:
            raise failure(
                "PUT",
                400,
                f"Invalid expiration of {at}. Expiration times must be at least"
                f" {least} seconds in the future.",
            )
        return at

    def admit(
        self, key: str, metadata: str | None, at: int | None, ttl: int | None
    ) -> int | None:
        """Check all of a put but its value; returns when the entry will expire."""
        _check_decodable("PUT", key)
        expiration = self._expiration(at, ttl)
        self._check_metadata(metadata)
        return expiration

    def _check_metadata(self, metadata: str | None) -> None:
        if metadata is None:
            return
        length, limit = utf8_length(metadata), KV_METADATA_BYTES.value
        if length > limit:
            raise failure(
                "PUT", 413, f"Metadata length of {length} exceeds limit of {limit}."
            )

    def put(self, key: str, entry: Entry) -> None:
        """Store an admitted entry, unless its value is too long."""
        _check_value(entry.value)
        self._writable("PUT", key).put(key, entry)

    def _writable(self, method: str, key: str) -> Store | Eventual:
        """What is written to, unless the key was written just now."""
        network = self._network
        if network.rate is not None and not network.rate.admits(key):
            raise failure(method, 429, "Too Many Requests")
        return self.store if network.eventual is None else network.eventual

    def check_entry(self, key: str, entry: Entry) -> None:
        """Refuse what no put can have stored, at whatever time."""
        self.check_length("PUT", key)
        _check_decodable("PUT", key)
        self._check_metadata(entry.metadata)
        _check_value(entry.value)

    def delete(self, key: str) -> None:
        """Remove a key, whether it is there or not."""
        self.check_length("DELETE", key)
        _check_decodable("DELETE", key)
        self._writable("DELETE", key).delete(key)

    def list(self, prefix: str, limit: int | None, cursor: str | None) -> Page:
        """A page of names in order; no limit, or one of 0 or less, means the most."""
        most = KV_LIST_KEYS.value
        size = most if limit is None or limit <= 0 else limit
        if size > most:
            raise failure(
                "GET",
                400,
                f"Invalid key_count_limit of {size}."
                f" Please specify an integer less than {most}.",
            )
        self.check_length("GET", prefix)
        last = None if cursor is None else _last_name(cursor)
        eventual = self._network.eventual
        source = self.store if eventual is None else eventual
        found: builtins.list[tuple[str, Entry]] = []
        taken = 0
        for name, entry in source.after(last, prefix):
            if taken == size:
                assert last is not None
                return Page(found, issue_cursor("kv", last))
            taken, last = taken + 1, name
            if entry is not None:
                found.append((name, entry))
        return Page(found, None)


def _check_decodable(method: str, key: str) -> None:
    if has_lone_surrogate(key):
        raise failure(method, 400, "Could not URL-decode key name")


def _check_value(value: bytes) -> None:
    length, limit = len(value), KV_VALUE_BYTES.value
    if length > limit:
        raise failure("PUT", 413, f"Value length of {length} exceeds limit of {limit}.")


def _last_name(cursor: str) -> str:
    name = read_cursor("kv", cursor)
    if name is None:
        # Local workerd tolerates any text here; production does not (reported).
        raise failure("GET", 400, "invalid cursor")
    return name
