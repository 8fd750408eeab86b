"""The one shape behind which dumps, seeds and templates see every kind of binding."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ..config import Config
from ..javascript.objects import PropertyKey

if TYPE_CHECKING:
    from .local_state import LocalState

Keys = Mapping[tuple[str, ...], tuple[str, ...]]
"""The primary key of each table of a binding, by the names that lead to the table."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a dump is to show.

    `volatile`: what clock and chance decide. `full`: everything that `load` needs, as
    JSON. `schema`: how the tables were made.
    """

    volatile: bool = False
    full: bool = False
    schema: bool = False


class Seedable(Protocol):
    """What data can be added to."""

    storage: tuple[str, str]
    """The kind and the key of the store; bindings that have the same share it."""

    def seed(self, data: Any, source: str) -> None:
        """Add what a test wrote down; errors name the source. Raises SeedError."""

    def seed_file(self, path: Path, source: str) -> None:
        """Add a file or folder in wrangler's own format. Raises SeedError."""

    def seed_local_state(self, state: "LocalState") -> None:
        """Add what `wrangler dev` keeps for the binding. Raises SeedError."""


class Draft(Seedable, Protocol):
    """What tests will begin with. The time in it is that at which each of them starts.

    That is so for what a seed leaves to the clock: the end of a TTL, when an object was
    uploaded, what SQL reads.
    """

    def image(self) -> object:
        """What is held now, as something that tests can begin from."""


class Contents(Seedable, Protocol):
    """What one binding holds."""

    @property
    def origin(self) -> object:
        """What tests begin from before any seed; seeds change a template of this."""

    @property
    def touched(self) -> bool:
        """Whether anything was changed since the test began."""

    def dump(self, shape: Shape) -> dict[str, Any]:
        """Exact builtins with string keys, in a stable order; {} if it is empty."""

    def row_keys(self) -> Keys:
        """What tells the rows of its tables apart."""

    def loading(self, dumped: Any) -> Callable[[], None]:
        """What has to be called to hold what a dump shows and nothing else.

        Raises RestoreError for a dump that cannot be held, or does not show everything.
        """

    def at_start(self) -> "Contents":
        """What the test found when it began, as a copy of its own."""

    def draft(self) -> Draft:
        """A copy of what tests begin with, to add seeds to."""

    template: Any
    """What the seeds of `origin` made, an `image`; setting it resets."""


def all_contents(
    config: Config, bindings: Mapping[PropertyKey, object]
) -> dict[str, Contents]:
    """What an `env` holds, by the name of the binding."""
    found: dict[str, Contents] = {}
    if config.kv_namespaces:
        from .kv import KvContents

        for kv in config.kv_namespaces:
            found[kv.binding] = KvContents.behind(bindings[kv.binding], kv.store)
    if config.d1_databases:
        from .d1 import D1Contents

        tables = {(d1.store, d1.migrations.table) for d1 in config.d1_databases}
        for d1 in config.d1_databases:
            found[d1.binding] = D1Contents.behind(
                bindings[d1.binding],
                d1.store,
                [table for store, table in tables if store == d1.store],
            )
    if config.durable_objects:
        from .durable_objects import ObjectContents

        for do in config.durable_objects:
            namespace = ObjectContents.behind(bindings[do.binding], do.store)
            if namespace is not None:
                found[do.binding] = namespace
    if config.r2_buckets:
        from .r2 import R2Contents

        for r2 in config.r2_buckets:
            found[r2.binding] = R2Contents.behind(bindings[r2.binding], r2.store)
    return found
