"""A Wrangler configuration as options of Miniflare, with storage for many tests."""

from collections.abc import Iterable, Mapping

from ..config import Config

_STORES = 60
"""How many a runtime is started with: each costs about 6 ms, a start about 600."""

LATEST_DATE = "2026-07-30"
"""The last compatibility date that the pinned workerd knows."""


def sets(config: Config) -> int:
    """How many tests find storage that no other test had, until another start."""
    stores = (*config.kv_namespaces, *config.d1_databases, *config.r2_buckets)
    return max(4, _STORES // max(1, len(stores)))


def options(config: Config, epoch: int) -> Mapping[str, object]:
    """What the driver is told. `epoch` tells the storage of two starts apart."""
    count = sets(config)
    own = [do for do in config.durable_objects if not do.is_external]
    return {
        # The ids of objects come from it.
        "name": config.name or "",
        "compatibilityDate": min(config.compatibility_date or LATEST_DATE, LATEST_DATE),
        "compatibilityFlags": [
            flag
            for flag in config.compatibility_flags
            if not flag.startswith("python_")
        ],
        "kvNamespaces": _sets(
            ((kv.binding, kv.store) for kv in config.kv_namespaces), epoch, count
        ),
        "d1Databases": _sets(
            ((d1.binding, d1.store) for d1 in config.d1_databases), epoch, count
        ),
        "r2Buckets": _sets(
            ((r2.binding, r2.store) for r2 in config.r2_buckets), epoch, count
        ),
        "durableObjects": {
            do.binding: {
                "className": do.class_name,
                "useSQLite": do.storage == "sqlite",
            }
            for do in own
        },
        "classes": sorted({do.class_name for do in own}),
    }


def _sets(
    bindings: Iterable[tuple[str, str]], epoch: int, count: int
) -> Mapping[str, str]:
    """Each binding once for each set; those of one store share one in each."""
    return {
        f"{number}:{binding}": f"{store}-{epoch}-{number}"
        for binding, store in bindings
        for number in range(count)
    }
