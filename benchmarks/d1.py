"""What D1 costs: a fresh migrated database, and queries through `env`."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol

import apsw

from pytest_cfbindings.clock import Clock
from pytest_cfbindings.config.migrations import migration_settings
from pytest_cfbindings.d1.migrations import MigratedTemplate
from pytest_cfbindings.d1.store import Store
from pytest_cfbindings.session import Session
from pytest_cfbindings.sqlite.clock_vfs import ClockVfs

TABLES = 10
ROWS = 100
"""In each of the tables."""

WRANGLER = """
[[d1_databases]]
binding = "DB"
database_id = "d1"
"""


class Seconds(Protocol):
    """The median time of one call."""

    def __call__(self, call: Callable[[], object], times: int) -> float: ...


class AsyncSeconds(Protocol):
    """The median time of one awaited call."""

    def __call__(
        self, call: Callable[[], Awaitable[object]], times: int
    ) -> "Awaitable[float]": ...


Report = Callable[[str, float, str, float], None]


def write_migration(folder: Path) -> None:
    """A schema of ten tables with two indexes each, and a thousand rows."""
    folder.mkdir()
    statements = []
    for number in range(TABLES):
        statements += [
            f"CREATE TABLE t{number} (id INTEGER PRIMARY KEY, name TEXT, kind TEXT,"
            " size REAL, at TEXT);",
            f"CREATE INDEX t{number}_name ON t{number} (name);",
            f"CREATE INDEX t{number}_kind ON t{number} (kind, at);",
        ]
        rows = ", ".join(
            f"({i}, 'name {i}', 'kind {i % 7}', {i}.5, '2026-01-01')"
            for i in range(ROWS)
        )
        statements.append(f"INSERT INTO t{number} VALUES {rows};")
    (folder / "0001_init.sql").write_text("\n".join(statements) + "\n")


def fresh_database(folder: Path, seconds: Seconds, report: Report) -> None:
    """A migrated database for a test, against its alternatives."""
    settings = migration_settings(
        folder, "wrangler.toml", directory=None, pattern=None, table=None
    )
    vfs = ClockVfs(Clock())
    template = MigratedTemplate("DB", [settings], None)
    store = Store(vfs, template)
    image = template.image(0)

    def clone() -> None:
        store.database.size()
        store.reset()

    def migrate() -> None:
        MigratedTemplate("DB", [settings], None).image(0)

    def bare() -> None:
        connection = apsw.Connection(":memory:")
        connection.deserialize("main", image)
        connection.close()

    cost = seconds(clone, 200)
    report("a fresh migrated D1 database", cost, "migrating", seconds(migrate, 10))
    report("a fresh migrated D1 database", cost, "bare apsw", seconds(bare, 200))


async def queries(
    session: Session, seconds: Seconds, async_seconds: AsyncSeconds, report: Report
) -> None:
    """first() and all() of 1000 rows through the SDK, against bare apsw."""
    database = session.env().DB
    await database.exec("CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c, d)")
    rows = ", ".join(f"({i}, 'text {i}', {i}.5, NULL, 'kind')" for i in range(1000))
    await database.exec(f"INSERT INTO t VALUES {rows}")
    connection = apsw.Connection(":memory:")
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c, d)")
    connection.execute(f"INSERT INTO t VALUES {rows}")

    def bare(sql: str, *values: Any) -> Callable[[], object]:
        return lambda: connection.execute(sql, values, can_cache=False).fetchall()

    one = database.prepare("SELECT * FROM t WHERE id = ?").bind(5)
    first = await async_seconds(one.first, 1000)
    point = seconds(bare("SELECT * FROM t WHERE id = ?", 5), 2000)
    report("D1 first()", first, "bare apsw", point)
    report("D1 all() of one row", await async_seconds(one.all, 500), "bare apsw", point)
    every = database.prepare("SELECT * FROM t")
    scan = seconds(bare("SELECT * FROM t"), 50)
    cost = await async_seconds(every.all, 20)
    report("D1 all() of 1000 rows", cost, "bare apsw", scan)


def run(
    session: Session,
    folder: Path,
    seconds: Seconds,
    async_seconds: AsyncSeconds,
    report: Report,
) -> None:
    """All of it."""
    write_migration(folder / "migrations")
    fresh_database(folder, seconds, report)
    asyncio.run(queries(session, seconds, async_seconds, report))
