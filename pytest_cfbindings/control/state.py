"""Powers over storage: what all bindings hold."""

from collections.abc import Mapping
from typing import Any

from ..state.contents import Shape
from ..state.dump import dump, restore
from ..state.explanation import diff
from ..state.seeds import Seed, add_seed
from .powers import Powers


class StatePowers(Powers):
    """Dumps, compares, seeds and restores what the bindings hold."""

    def dump(
        self,
        *bindings: Any,
        volatile: bool = False,
        full: bool = False,
        schema: bool = False,
    ) -> dict[str, Any]:
        """What the bindings hold, as dicts, lists, text, numbers and bytes.

        One binding, as `env.KV` or by name, gives what that one holds; none or several
        give a dict of that by binding.

        KV  `{key: {"value", "metadata", "expiration"}}`, in epoch seconds
        D1  `{table: [{column: value}]}`, the rows by primary key
        R2  `{key: {"body", "size", "etag", "http_metadata", "custom_metadata"}}`, and
            "uploads" where any are in progress
        Durable Objects  `{name: {"storage": {}, "sql": {}, "alarm": None}}`, and
            "sockets" where any are accepted

        Expired entries are not there; text is str and never parsed; other bytes are
        bytes, or `{"sha256", "size"}` of more than 64.

        `volatile` adds what clock and chance decide, `schema` how tables were made and
        which migrations were applied. `full` is for `restore` and for files: it is by
        binding always, has everything, and is JSON, with `{"$bytes": hexadecimal}`.
        """
        shape = Shape(volatile, full, schema)
        names = [self._session.name_of(binding, "dump") for binding in bindings]
        return dump(self._session.contents(), names, shape, self._session.dumps)

    def diff(self, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
        """What changed between two dumps: a line for each leaf, entry or row.

        `~ KV['a'].value: 'x' -> 'y'` changed, `- KV['b'] = {...}` is no longer there,
        `+ DB.users[id=1] = {...}` is new; rows are told apart by their primary key.
        """
        now_ms = self._session.runtime().clock.now_ms()
        return diff(before, after, self._session.dumps, now_ms)

    def seed(self, binding: Any, data: Any) -> None:
        """Add data to what a binding holds now; `reset` takes it away again.

        `data` is a path, relative to the test's file, or for

        KV  a dict of values or of entries as dumps have them; a list or a JSON file as
            `wrangler kv bulk put` takes it
        D1  a dict of tables with rows; a file as for `wrangler d1 execute --file`
        R2  a dict of bodies, or of dicts with body and metadata; a folder of files
        Durable Objects  a dict or a JSON file of objects by name, before they run:
            `{"lobby": {"storage": {"k": 1}, "sql": "CREATE ...", "alarm": ms}}`

        A folder `.wrangler/state` gives what `wrangler dev` has stored for a KV, D1 or
        R2 binding; it is only read. Raises SeedError where production would not store
        it, and then stores nothing.
        """
        name = self._session.name_of(binding, "seed")
        add_seed(Seed(name, data, self._folder), self._session.contents())

    def restore(self, dump: Mapping[str, Any]) -> None:
        """Put a full dump back: its bindings hold what it shows, and nothing else.

        Raises RestoreError, changing nothing, for a dump that does not show everything.
        """
        restore(self._session.contents(), dump)

    def reset(self) -> None:
        """Bring every store, and the time, back to how the test found them.

        What was called is forgotten, and what is still due will not happen.
        """
        self._session.reset()
