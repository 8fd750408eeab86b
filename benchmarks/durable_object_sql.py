"""What `sql.exec` of a Durable Object costs, against bare apsw on the same rows."""

from collections.abc import Awaitable, Callable
from typing import Protocol

import apsw

from pytest_cfbindings.clock import Clock
from pytest_cfbindings.durable_objects.storage import DurableObjectStorage
from pytest_cfbindings.durable_objects.store import ObjectStore

ROWS = 1000
CREATE = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b REAL, c TEXT, d)"
INSERT = "INSERT INTO t VALUES (?, ?, ?, ?, ?)"
ONE = "SELECT * FROM t WHERE id = ?"
ALL = "SELECT * FROM t"


class Seconds(Protocol):
    """The median time of one call."""

    def __call__(self, call: Callable[[], object], times: int) -> float: ...


Report = Callable[[str, float, str, float], None]


class Alone:
    """A gate and an alarm for code that nothing else runs beside."""

    def check(self) -> None: ...

    def wrote(self) -> None: ...

    def reset(self, error: Exception) -> None: ...

    def exclusively(self, body: Callable[[], Awaitable[object]]) -> Awaitable[object]:
        return body()

    def get(self) -> int | None:
        return None

    def set(self, at_ms: int) -> None: ...

    def delete(self) -> None: ...


def sql_exec(seconds: Seconds, report: Report) -> None:
    """One row by its key, one row written, and a thousand rows of five columns."""
    store = ObjectStore(Clock(), sqlite=True, delete_all_deletes_alarm=True)
    sql = DurableObjectStorage(store, Alone(), Alone()).sql()
    bare = apsw.Connection(":memory:")
    sql.exec(CREATE)
    bare.execute(CREATE)
    for number in range(ROWS):
        row = (number, f"text {number}", number * 1.5, "x" * 20, number)
        sql.exec(INSERT, *row)
        bare.execute(INSERT, row)
    store.commit()
    base = seconds(lambda: bare.execute(ONE, (5,)).fetchall(), 2000)
    cost = seconds(lambda: sql.exec(ONE, 5).toArray(), 1000)
    report("sql.exec of 1 row", cost, "apsw", base)
    replace = INSERT.replace("INSERT", "REPLACE")
    base = seconds(lambda: bare.execute(replace, (5, "a", 1, "b", 2)), 2000)
    cost = seconds(lambda: sql.exec(replace, 5, "a", 1, "b", 2), 1000)
    report("sql.exec that writes 1 row", cost, "apsw", base)
    base = seconds(lambda: bare.execute(ALL).fetchall(), 50)
    cost = seconds(lambda: sql.exec(ALL).toArray(), 50)
    report("sql.exec of 1000 rows", cost, "apsw", base)
    store.close()
