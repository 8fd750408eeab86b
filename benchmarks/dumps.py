"""Dumps and templates, against json.dumps of the same data and bare apsw."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import apsw

from pytest_cfbindings.config import Config, OtherBinding
from pytest_cfbindings.configurations import Choice
from pytest_cfbindings.durable_objects.actors import Actors
from pytest_cfbindings.session import Session
from pytest_cfbindings.state.contents import Shape
from pytest_cfbindings.state.dump import dump
from pytest_cfbindings.state.seeds import Seed

Report = Callable[[str, float, str, float], None]
Seconds = Callable[[Callable[[], object], int], float]

WRANGLER = """
name = "bench"
main = "entry.py"
compatibility_date = "2026-09-15"
compatibility_flags = ["python_workers"]
[[kv_namespaces]]
binding = "KV"
[[d1_databases]]
binding = "DB"
[[durable_objects.bindings]]
name = "ROOM"
class_name = "Room"
[[migrations]]
tag = "v1"
new_sqlite_classes = ["Room"]
"""
ENTRIES = 10_000
TABLES, ROWS = 10, 1_000
OBJECTS = 100


class NoHooks:
    """A session that nobody adds anything to."""

    def provide(self, binding: OtherBinding, config: Config) -> object | None:
        return None

    def adjust(self, config: Config, provide: Callable[[str, object], None]) -> None:
        pass


def bench(report: Report, seconds: Seconds) -> None:
    """All figures, on storage that a suite is seeded with."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "wrangler.toml"
        path.write_text(WRANGLER)
        folder.joinpath("kv.json").write_text(json.dumps(_entries()))
        folder.joinpath("db.sql").write_text(_statements())
        seeds = (
            Seed("KV", "kv.json", folder),
            Seed("DB", "db.sql", folder),
            Seed("ROOM", _objects(), folder),
        )
        session = Session(Choice(path, None, folder, seeds), {}, NoHooks())
        session.install()
        try:
            session.activate(session.configurations.config())
            _dumps(session, report, seconds)
            _clones(session, report, seconds)
        finally:
            session.uninstall()


def _dumps(session: Session, report: Report, seconds: Seconds) -> None:
    contents = session.contents()
    for what, name in (("10 000 KV entries", "KV"), ("10 tables, 10 000 rows", "DB")):

        def dump_one(name: str = name) -> dict[str, object]:
            return dump(contents, [name], Shape(), session.dumps)

        held = dump_one()
        base = seconds(lambda held=held: json.dumps(held), 5)  # type: ignore[misc]
        report(f"dump of {what}", seconds(dump_one, 5), "json.dumps", base)
    session.end_test()


def _clones(session: Session, report: Report, seconds: Seconds) -> None:
    contents = session.contents()

    def kv() -> None:
        session.end_test()
        namespace.put("key", "value")

    namespace = session.env().KV._binding.__js__
    entries = contents["KV"].template
    base = seconds(lambda: dict(entries), 50)
    report("a test that writes to seeded KV", seconds(kv, 50), "dict(entries)", base)

    database = session.env().DB._binding.__js__
    image = database.serialize()

    def d1() -> None:
        session.end_test()
        assert database.service.store.database is not None

    def bare() -> None:
        connection = apsw.Connection(":memory:")
        connection.deserialize("main", image)
        connection.close()

    base = seconds(bare, 50)
    report("a test that uses a seeded D1", seconds(d1, 50), "bare deserialize", base)

    actors = contents["ROOM"].origin
    assert isinstance(actors, Actors)
    object_image = next(iter(actors)).store.image()
    assert object_image is not None
    session.end_test()

    def one_object() -> None:
        session.end_test()
        room = actors.get(actors.ids.from_name("room 7"))
        assert room.store.database() is not None

    def bare_object() -> None:
        connection = apsw.Connection(":memory:")
        connection.deserialize("main", object_image)
        connection.close()

    reference = "bare deserialize"
    what = f"a test that uses 1 of {OBJECTS} seeded objects"
    report(what, seconds(one_object, 50), reference, seconds(bare_object, 50))

    def untouched() -> None:
        session.end_test()

    report("a test that touches none", seconds(untouched, 50), reference, base)


def _entries() -> list[dict[str, object]]:
    return [
        {"key": f"key:{n:05}", "value": f"value {n}", "metadata": {"n": n}}
        for n in range(ENTRIES)
    ]


def _objects() -> dict[str, object]:
    return {f"room {n}": {"storage": {"topic": "weather"}} for n in range(OBJECTS)}


def _statements() -> str:
    lines = []
    for table in range(TABLES):
        lines.append(f"CREATE TABLE t{table} (id INTEGER PRIMARY KEY, name TEXT, n);")
        for row in range(ROWS):
            lines.append(f"INSERT INTO t{table} VALUES ({row}, 'name {row}', {row}.5);")
    return "\n".join(lines)
