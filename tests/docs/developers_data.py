"""What `wrangler dev` would have kept of the project's D1 database."""

import sqlite3
from contextlib import closing
from pathlib import Path

from pytest_cfbindings.state.local_state import LocalState


def keep_in(project: Path) -> None:
    """Make `.wrangler/state` in a project, with one table in the database `db`."""
    state = LocalState(project / ".wrangler" / "state" / "v3")
    file = state.database("d1", "db")
    file.parent.mkdir(parents=True)
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)")
        database.execute("INSERT INTO notes (text) VALUES ('mine')")
        database.commit()
