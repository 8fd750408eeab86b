"""What workerd's bindings hold, as dumps and seeds see the embedded ones.

It is read by the bindings into embedded stores, which then show it: so a dump has the
same shape on both. What a seed changes there is written by the bindings.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ..config import Config, D1Database
from ..state.contents import Contents, Draft, Keys, Shape, all_contents
from ..worker.environment import Environment
from ..worker.surroundings import Surroundings
from .beginnings import NO_LOCAL_STATE, KvBeginning, Skip, skipped_if_refused
from .d1_copy import D1Copy, SeededD1
from .kv_copy import KvCopy
from .objects import RemoteObject
from .r2_copy import R2Copy

if TYPE_CHECKING:
    from ..state.local_state import LocalState


class Copy(Protocol):
    """How one kind of binding is read and written."""

    def check(self, shape: Shape) -> None:
        """Skip the test if a dump of this shape would not be that of the embedded."""

    def read(self) -> dict[str, Any]:
        """What it holds, as a full dump shows it."""

    def write(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Change what it holds as full dumps tell. Raises JsThrow for a refusal."""


class CopiedContents:
    """What one binding holds: `embedded` shows it, once `copy` has read it."""

    def __init__(
        self,
        embedded: Contents,
        copy: Copy,
        skip: Skip,
        begin: Callable[[], Draft] | None,
    ) -> None:
        self._embedded = embedded
        self._copy = copy
        self._skip = skip
        self._begin = begin
        self.storage = embedded.storage
        self.origin = embedded.origin
        self.template: Any = None

    @property
    def touched(self) -> bool:
        return False

    def dump(self, shape: Shape) -> dict[str, Any]:
        self._copy.check(shape)
        self._read()
        return self._embedded.dump(shape)

    def _read(self) -> dict[str, Any]:
        found = self._copy.read()
        self._embedded.loading(found)()
        return found

    def row_keys(self) -> Keys:
        return self._embedded.row_keys()

    def seed(self, data: Any, source: str) -> None:
        self._add(lambda: self._embedded.seed(data, source), source)

    def seed_file(self, path: Path, source: str) -> None:
        self._add(lambda: self._embedded.seed_file(path, source), source)

    def _add(self, seed: Callable[[], None], source: str) -> None:
        before = self._read()
        seed()
        with skipped_if_refused(source, self._skip):
            self._copy.write(before, self._embedded.dump(Shape(full=True)))

    def seed_local_state(self, state: "LocalState") -> None:
        self._skip(NO_LOCAL_STATE)

    def loading(self, dumped: Any) -> Callable[[], None]:
        self._skip("--cf-backend=workerd has no cf.restore")

    def at_start(self) -> Contents:
        self._skip("--cf-backend=workerd does not know what a test began with")

    def draft(self) -> Draft:
        """What stores at once, as each test begins."""
        return self if self._begin is None else self._begin()

    def image(self) -> object:
        """Nothing: there is no template."""
        return None


class ObjectCopy:
    """Implements `Copy` for a namespace of Durable Objects, of which none was used."""

    def __init__(self, are_used: Callable[[], bool], skip: Skip) -> None:
        self._are_used = are_used
        self._skip = skip

    def check(self, shape: Shape) -> None:
        """Only cf.storage reaches objects, and their names and ids are not listed."""
        if self._are_used():
            self._skip(
                "--cf-backend=workerd has no dump of Durable Objects: it does not list"
                " them"
            )

    def read(self) -> dict[str, Any]:
        """Nothing is stored."""
        return {}

    def write(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Skip the test."""
        self._skip(
            "--cf-backend=workerd has no seeds of Durable Objects: V8 writes their"
            " values there, and no seed does"
        )


class Copies:
    """The copies of one environment. `root` gives a binding as workerd has it.

    `are_used` says whether the test has used the storage of an object.
    """

    def __init__(
        self,
        config: Config,
        around: Surroundings,
        root: Callable[[str], RemoteObject],
        are_used: Callable[[], bool],
        skip: Skip,
    ) -> None:
        stored = _only_storage(config)
        self._environment = Environment(stored, around, lambda _other, _config: None)
        # What migrations have made is read as everything else.
        self._environment.migrate(False)
        embedded = all_contents(stored, self._environment.bindings)
        copies: dict[str, Copy] = {}
        begin: dict[str, Callable[[], Draft]] = {}
        for kv in stored.kv_namespaces:
            copy = copies[kv.binding] = KvCopy(partial(root, kv.binding))
            begin[kv.binding] = partial(
                KvBeginning, embedded[kv.binding], copy, around.clock.now_ms, skip
            )
        for d1 in stored.d1_databases:
            seeded = _seeded(stored, d1, self._environment.bindings[d1.binding])
            embedded[d1.binding] = seeded
            copies[d1.binding] = D1Copy(partial(root, d1.binding), skip, seeded)
        for do in stored.durable_objects:
            if do.binding in embedded:
                copies[do.binding] = ObjectCopy(are_used, skip)
        for r2 in stored.r2_buckets:
            sharing = (
                partial(root, other.binding)
                for other in stored.r2_buckets
                if other.store == r2.store
            )
            copies[r2.binding] = R2Copy(partial(root, r2.binding), sharing, skip)
        self.contents: dict[str, Contents] = {
            name: CopiedContents(embedded[name], copies[name], skip, begin.get(name))
            for name in embedded
        }

    def reset(self) -> None:
        """Forget what was read."""
        self._environment.reset("another test")


def _only_storage(config: Config) -> Config:
    return replace(
        config,
        vars={},
        queue_producers=(),
        rate_limiters=(),
        other_bindings=(),
        version_metadata=None,
    )


def _seeded(config: Config, d1: D1Database, binding: object) -> SeededD1:
    """The contents of a database, without the tables of migrations."""
    tables = [
        other.migrations.table
        for other in config.d1_databases
        if other.store == d1.store
    ]
    return SeededD1.behind(binding, d1.store, tables)
