"""Rate limiters: those of `ratelimits`, and those that still stand in `unsafe`."""

from collections.abc import Iterator

from .model import RateLimiter
from .values import MISSING, Field, Table, Value, member

_DEFAULT_PERIOD = 60


def rate_limiters(active: Table) -> Iterator[RateLimiter]:
    """Those of a checked file. Nothing checks an unsafe one: it counts if it is whole.

    Without a period it has 60 s, as in `wrangler dev`.
    """
    for entry in _entries(active.get("ratelimits", MISSING)):
        yield from _rate_limiter(entry)
    for entry in _entries(member(active.get("unsafe", MISSING), "bindings")):
        if member(entry, "type") == "ratelimit":
            yield from _rate_limiter(entry)


def _entries(value: Field) -> list[Value]:
    return value if isinstance(value, list) else []


def _rate_limiter(entry: Value) -> Iterator[RateLimiter]:
    name, namespace = member(entry, "name"), member(entry, "namespace_id")
    simple = member(entry, "simple")
    limit, period = member(simple, "limit"), member(simple, "period")
    if period is MISSING:
        period = _DEFAULT_PERIOD
    if not isinstance(name, str) or not isinstance(limit, int | float):
        return
    if isinstance(period, int | float) and period in (10, 60):
        store = namespace if isinstance(namespace, str) else name
        yield RateLimiter(name, store, limit, int(period))
