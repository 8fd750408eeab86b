"""The configuration cases recorded from wrangler, read by our loader.

A case is a project folder and what wrangler makes of it, once for each run. What is
compared depends on the case's scope: everything for `core` and `extended`, place and
code for `syntax`, only the refusal for `refuse`.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from pytest_cfbindings.config import (
    Config,
    Diagnostic,
    Loaded,
    list_migrations,
    load,
    split_statements,
)

from . import golden

FOLDER = golden.folder() / "config"


def whole_number(text: str) -> int | float:
    # What JavaScript wrote is a double: beyond 2^53 its last digits mean nothing.
    number = int(text)
    return number if abs(number) < 2**53 else float(text)


def runs() -> list[Any]:
    found = []
    for file in sorted(FOLDER.glob("*.expected.json")):
        case = json.loads(file.read_text(encoding="utf-8"), parse_int=whole_number)
        name = file.name.removesuffix(".expected.json")
        for number, recorded in enumerate(case["runs"]):
            label = "-".join(str(value) for value in recorded["run"].values())
            values = (name, case["scope"], recorded)
            found.append(pytest.param(*values, id=f"{name}-{number}-{label}"))
    return found


def migration_cases(key: str) -> list[Any]:
    file = FOLDER / "d1-migrations.json"
    cases = json.loads(file.read_text(encoding="utf-8"))[key] if file.exists() else []
    return [pytest.param(case, id=f"{key}-{i}") for i, case in enumerate(cases)]


def load_run(folder: Path, run: dict[str, Any]) -> Loaded:
    return load(
        Path(run["config"]) if "config" in run else None,
        cwd=folder / run.get("cwd", "."),
        env=run.get("env"),
        environ=run.get("environ", {}),
    )


@pytest.mark.parametrize(("name", "scope", "recorded"), runs())
def test_a_recorded_run_comes_out_as_wrangler_has_it(
    name: str, scope: str, recorded: dict[str, Any], tmp_path: Path
) -> None:
    folder = tmp_path / "project"
    shutil.copytree(FOLDER / name, folder)
    loaded = load_run(folder, recorded["run"])
    if scope == "refuse" or recorded["run"].get("plugin") == "refuse":
        assert loaded.config is None
        assert loaded.error_text()
    elif "throws" in recorded:
        compare_refusal(loaded, recorded["throws"])
    else:
        compare_outcome(loaded, recorded, folder)


def compare_refusal(loaded: Loaded, throws: dict[str, Any]) -> None:
    assert loaded.config is None
    if throws["name"] == "TypeError":
        # wrangler crashed: a clear text of our own is asked for.
        assert loaded.error_text()
        return
    # Of several mistakes, wrangler throws one: ours has to be among those we collect.
    same = [e for e in loaded.errors if e.message == throws["message"]]
    error = same[0] if same else loaded.errors[0]
    location = throws.get("location")
    is_toml = throws["message"].startswith("Invalid TOML document: ")
    if not is_toml:
        assert error.message == throws["message"]
        assert list(error.notes) == throws.get("notes", [])
    elif "losslessly" in throws["message"]:
        assert error.message == throws["message"]
    else:
        # The words behind the prefix are the parser's own, and so is the column.
        assert error.message.startswith("Invalid TOML document: ")
    if location is None:
        assert error.location is None
        return
    assert error.location is not None
    assert error.location.line == location["line"]
    assert error.location.line_text == location.get("lineText", "")
    if not is_toml:
        assert error.location.column == location["column"]
        assert error.location.length == location.get("length")


def compare_outcome(loaded: Loaded, recorded: dict[str, Any], folder: Path) -> None:
    path = loaded.path and loaded.path.relative_to(folder).as_posix()
    assert path == recorded["config_path"]
    assert said(loaded.warnings) == expected(recorded["warnings"])
    if "dev_error" in recorded:
        assert recorded["dev_error"]["message"] in {e.message for e in loaded.errors}
        return
    assert said(loaded.errors) == expected(recorded["errors"])
    assert (not loaded.errors) == recorded["ok"]
    assert loaded.error_text() == recorded.get("error_text", "")
    plain = Loaded(warnings=without_hints(loaded.warnings))
    assert plain.warning_text() == recorded.get("warning_text", "")
    if recorded["ok"] and recorded["config_path"] is not None:
        assert loaded.config is not None
        assert local(loaded.config) == recorded["local"]
        compare_settings(loaded.config, recorded["config"], folder)
        compare_log(loaded, recorded["messages"])


def without_hints(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    return tuple(Diagnostic(d.message, d.at) for d in diagnostics)


def said(diagnostics: tuple[Diagnostic, ...]) -> set[tuple[tuple[str, ...], str]]:
    return {(d.at, d.message) for d in diagnostics}


def expected(messages: list[dict[str, Any]]) -> set[tuple[tuple[str, ...], str]]:
    return {(tuple(entry["at"]), entry["message"]) for entry in messages}


def local(config: Config) -> dict[str, Any]:
    bound = {binding.class_name for binding in config.durable_objects}
    return {
        "kv": {kv.binding: kv.store for kv in config.kv_namespaces},
        "d1": {d1.binding: d1.store for d1 in config.d1_databases},
        "r2": {r2.binding: r2.store for r2 in config.r2_buckets},
        "durable_objects": {
            binding.binding: {
                "className": binding.class_name,
                "scriptName": binding.script_name,
                "useSQLite": binding.storage and binding.storage == "sqlite",
            }
            for binding in config.durable_objects
        },
        "unbound_durable_objects": [
            {"className": name, "useSQLite": kind == "sqlite"}
            for name, kind in config.durable_object_classes.items()
            if name not in bound
        ],
        "vars": config.vars,
    }


def compare_settings(config: Config, recorded: dict[str, Any], folder: Path) -> None:
    main = config.main and config.main.relative_to(folder).as_posix()
    base_dir = config.base_dir and config.base_dir.relative_to(folder).as_posix()
    assert {
        "name": config.name,
        "main": main,
        "base_dir": base_dir,
        "date": config.compatibility_date,
        "flags": list(config.compatibility_flags),
        "environment": config.environment,
        "environments": set(config.environments),
        "crons": list(config.crons),
    } == {
        "name": recorded.get("name"),
        "main": recorded.get("main"),
        "base_dir": recorded.get("base_dir"),
        "date": recorded.get("compatibility_date"),
        "flags": recorded.get("compatibility_flags", []),
        "environment": recorded.get("targetEnvironment") or None,
        "environments": set(recorded.get("definedEnvironments", [])),
        "crons": recorded.get("triggers", {}).get("crons", []),
    }


def compare_log(loaded: Loaded, messages: list[dict[str, str]]) -> None:
    beginnings = ("Using secrets", "Missing required secrets")
    logged = {m["text"].removeprefix("▲ [WARNING] ") for m in messages}
    assert {m for m in logged if m.startswith(beginnings)} == {
        note.message for note in loaded.notes if note.message.startswith(beginnings)
    }


@pytest.mark.parametrize("case", migration_cases("order"))
def test_d1_migrations_are_ordered_as_wrangler_applies_them(
    case: dict[str, Any], tmp_path: Path
) -> None:
    for file in case["files"]:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("SELECT 1;", encoding="utf-8")
    database = {"binding": "DB", **case["d1"]}
    config = tmp_path / case.get("config", "wrangler.jsonc")
    config.write_text(configuration_with(database, config.suffix), encoding="utf-8")
    loaded = load(config, cwd=tmp_path, environ={})
    assert loaded.config is not None
    [found] = loaded.config.d1_databases
    assert found.migrations.problem == case.get("error")
    if "error" not in case:
        names = [migration.name for migration in list_migrations(found.migrations)]
        assert names == case["names"]
        assert found.migrations.pattern == case["pattern"]
        assert found.migrations.relative_directory == case["dir"]
        assert found.migrations.table == case["table"]
        assert found.migrations.directory == (tmp_path / case["dir"])


def configuration_with(database: dict[str, Any], ending: str) -> str:
    if ending != ".toml":
        return json.dumps({"d1_databases": [database]})
    lines = [f"{key} = {json.dumps(value)}" for key, value in database.items()]
    return "\n".join(["[[d1_databases]]", *lines])


@pytest.mark.parametrize("case", migration_cases("split"))
def test_sql_is_split_as_wrangler_splits_it(case: dict[str, Any]) -> None:
    assert split_statements(case["sql"]) == case["statements"]
