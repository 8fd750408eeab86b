"""A D1 database in dumps and seeds."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from ..d1.database import D1Database
from ..d1.errors import Crashed, Refused
from ..d1.request import Query
from ..d1.seeded_template import Draft
from ..d1.service import Service
from ..d1.template import Template
from ..sqlite.rebuilding import Unbuildable
from ..sqlite.tables import quoted, tables
from .contents import Keys, Shape
from .d1_seed import read_rows, read_statements
from .errors import SeedError
from .sql_rows import dumped_database, loaded_database

if TYPE_CHECKING:
    from .local_state import LocalState


class D1Contents:
    """`{table: [{column: value}]}`, the rows by primary key.

    The tables in which wrangler notes migrations are left out unless the schema is
    asked for, which is then under "sqlite_schema".
    """

    def __init__(
        self, name: str, service: Service, store: str, hidden: Iterable[str]
    ) -> None:
        self._name = name
        self._service = service
        self._hidden = frozenset(hidden)
        self.storage = ("d1", store)
        self.origin: Template = service.store.template

    @classmethod
    def behind(cls, binding: object, store: str, hidden: Iterable[str]) -> Self:
        """Those of a binding; `hidden` are the tables of migrations."""
        assert isinstance(binding, D1Database)
        return cls(binding.binding, binding.service, store, hidden)

    @property
    def touched(self) -> bool:
        return self._service.store.touched

    def dump(self, shape: Shape) -> dict[str, Any]:
        return dumped_database(self._service.store.database, shape, self._hidden)

    def row_keys(self) -> Keys:
        return {
            (table.name,): table.key for table in tables(self._service.store.database)
        }

    def loading(self, dumped: Any) -> Callable[[], None]:
        image = loaded_database(dumped, self._name)
        return lambda: self._service.store.replace(image)

    def seed(self, data: Any, source: str) -> None:
        self._request(
            (f"{source}, {place}", Query(_insert(table, row), list(row.values())))
            for place, table, row in read_rows(data, source)
        )

    def seed_file(self, path: Path, source: str) -> None:
        self._request(
            (f"{source}, statement {number}", Query(sql))
            for number, sql in enumerate(read_statements(path, source), start=1)
        )

    def _request(self, placed: Iterable[tuple[str, Query]]) -> None:
        """One transaction, as that of `wrangler d1 execute`."""
        found = [(place, query) for place, query in placed if not query.is_blank]
        if not found:
            return
        try:
            self._service.request([query for _, query in found])
        except Refused as refused:
            raise SeedError(f"{_place(found, refused.sql)}: {refused.detail}") from None
        except Crashed as crashed:
            raise SeedError(f"{_place(found, crashed.sql)}: {crashed.text}") from None

    def seed_local_state(self, state: "LocalState") -> None:
        """The database as it is there, in the place of this one."""
        try:
            self._service.replace(state.image(*self.storage))
        except Unbuildable as error:
            path = state.database(*self.storage)
            raise SeedError(f"{path}: not as wrangler keeps it: {error}") from None

    def at_start(self) -> "D1Contents":
        service = self._service.at_start()
        return D1Contents(self._name, service, self.storage[1], self._hidden)

    def draft(self) -> "D1Draft":
        store = self._service.store
        draft = Draft(store.vfs_at_start(), store.begun_from)
        return D1Draft(self._name, draft, self.storage[1], ())

    @property
    def template(self) -> Template | None:
        return self._service.store.seeded(self.origin)

    @template.setter
    def template(self, image: Template | None) -> None:
        self._service.store.begin_from(self.origin, image)


class D1Draft(D1Contents):
    """A database that tests will begin with."""

    _service: Draft

    def image(self) -> Template:
        return self._service.template()


def _place(found: list[tuple[str, Query]], sql: str | None) -> str:
    """Where the text that failed comes from; the last one for a failing commit."""
    # Rows that are inserted by equal texts have texts of their own.
    return next((place for place, query in found if query.sql is sql), found[-1][0])


def _insert(table: str, row: Mapping[str, Any]) -> str:
    columns = ", ".join(map(quoted, row))
    return (
        f"INSERT INTO {quoted(table)} ({columns}) VALUES ({', '.join('?' * len(row))})"
    )
