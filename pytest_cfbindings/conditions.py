"""What a test asks of production that is off otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Conditions:
    """How production is in a test: what depends on moment and place, and its limits.

    `kv_eventual` is KV's eventual consistency, `kv_write_rate` its one write a second
    and key. With a `random_seed` chance decides what production leaves open. `limits`
    are what they are here by name, None for off. `recovery` is whether Durable Objects
    have point-in-time recovery, which local development lacks.
    """

    kv_eventual: bool = False
    kv_write_rate: bool = False
    random_seed: int | None = None
    limits: Mapping[str, int | None] = field(default_factory=dict)
    recovery: bool = False
