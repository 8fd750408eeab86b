from typing import Any

from .conftest import Read

DATED: dict[str, Any] = {"compatibility_date": "2026-01-01"}


def test_a_right_configuration_needs_no_advice(read: Read) -> None:
    assert read(DATED).notes == ()


def test_a_missing_date_is_mentioned(read: Read) -> None:
    [note] = read("{}").notes
    assert note.message.startswith("wrangler.jsonc has no compatibility_date")


def test_remote_bindings_stay_local(read: Read) -> None:
    content = {**DATED, "kv_namespaces": [{"binding": "A", "remote": True}]}
    [note] = read(content).notes
    assert note.message == "remote = true is ignored for A: tests stay local."


def test_a_second_file_that_pywrangler_would_read_is_mentioned(read: Read) -> None:
    [note] = read(DATED, **{"wrangler.toml": ""}).notes
    assert note.message.startswith("wrangler.toml stands beside wrangler.jsonc")


def test_contradicting_migration_settings_are_mentioned(read: Read) -> None:
    database = {"binding": "D", "migrations_pattern": "m/*.sql"}
    [note] = read({**DATED, "d1_databases": [database]}).notes
    assert note.message.startswith('You have set `migrations_pattern: "m/*.sql"`')
