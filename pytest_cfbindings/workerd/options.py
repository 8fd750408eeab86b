"""A Wrangler configuration as options of Miniflare, with storage for many tests.

Each store is configured many times: a test uses one that no other test has used.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..config import Config

_AT_FIRST = 60
"""Stores that a runtime starts with: each costs about 6 ms, a start about 600."""
_FEWEST, _MOST = 4, 60

LATEST_DATE = "2026-07-30"
"""The last compatibility date that the pinned workerd knows."""

_RPC_DATE = "2024-04-03"
"""From this compatibility date on, objects can be called; ours always have to be."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A binding with storage: Miniflare's option for its kind, and what it stores in.

    Bindings of one kind and store see the same.
    """

    option: str
    binding: str
    store: str

    @property
    def key(self) -> tuple[str, str]:
        """What tells stores apart."""
        return self.option, self.store


Numbers = Mapping[tuple[str, str], int]
"""A number for each store: how many there are of it, or which is in use."""


def stored(config: Config) -> Iterator[Stored]:
    """The bindings with storage, but for Durable Objects."""
    for kv in config.kv_namespaces:
        yield Stored("kvNamespaces", kv.binding, kv.store)
    for d1 in config.d1_databases:
        yield Stored("d1Databases", d1.binding, d1.store)
    for r2 in config.r2_buckets:
        yield Stored("r2Buckets", r2.binding, r2.store)


def counts(config: Config, used: Numbers | None) -> Numbers:
    """How many there are to be of each store, from how many were used before."""
    keys = {binding.key for binding in stored(config)}
    if used is None:
        each = max(_FEWEST, _AT_FIRST // max(1, len(keys)))
        return dict.fromkeys(keys, each)
    return {key: min(max(_FEWEST, 2 * used.get(key, 0)), _MOST) for key in keys}


def options(config: Config, epoch: int, count: Numbers) -> Mapping[str, object]:
    """What the driver is told. `epoch` tells the storage of two starts apart."""
    date = min(config.compatibility_date or LATEST_DATE, LATEST_DATE)
    own = [do for do in config.durable_objects if not do.is_external]
    stores: dict[str, dict[str, str]] = {}
    for one in stored(config):
        named = stores.setdefault(one.option, {})
        for number in range(count[one.key]):
            named[f"{number}:{one.binding}"] = f"{one.store}-{epoch}-{number}"
    return {
        # The ids of objects come from it.
        "name": config.name or "",
        "compatibilityDate": date,
        "compatibilityFlags": _flags(config, date),
        **stores,
        "durableObjects": {
            do.binding: {
                "className": do.class_name,
                "useSQLite": do.storage == "sqlite",
            }
            for do in own
        },
        "classes": sorted({do.class_name for do in own}),
    }


def _flags(config: Config, date: str) -> list[str]:
    """Those for a Worker in JavaScript, as ours is."""
    named = [flag for flag in config.compatibility_flags if flag[:7] != "python_"]
    return named if date >= _RPC_DATE or "rpc" in named else [*named, "rpc"]
