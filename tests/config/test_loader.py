import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_cfbindings.config import Loaded, load
from pytest_cfbindings.config.environments import KEYS
from pytest_cfbindings.config.known_keys import TOP_LEVEL_ONLY

from .conftest import Read

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=5)
            | st.sampled_from(
                ["binding", "bindings", "name", "type", "id", "producers", "required"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
tables = st.dictionaries(
    st.sampled_from([*KEYS, *TOP_LEVEL_ONLY, "legacy_env", "node_compat"]),
    json_values,
    max_size=6,
)


def load_text(name: str, data: bytes, env: str | None = None, **files: bytes) -> Loaded:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        for file, content in files.items():
            (Path(folder) / file).write_bytes(content)
        loaded = load(Path(name), cwd=Path(folder), env=env, environ={})
    assert (loaded.config is None) == bool(loaded.errors)
    loaded.error_text()
    loaded.warning_text()
    repr(loaded)
    return loaded


@given(st.sampled_from(["w.toml", "w.json"]), st.binary() | st.text().map(str.encode))
def test_any_bytes_are_a_configuration_or_errors(name: str, data: bytes) -> None:
    load_text(name, data)


@given(json_values)
def test_any_json_is_a_configuration_or_errors(value: Any) -> None:
    load_text("w.json", json.dumps(value).encode())


@settings(max_examples=300)
@given(tables, tables, st.sampled_from([None, "", "e", "x"]))
def test_any_values_of_known_keys_are_a_configuration_or_errors(
    top_level: dict[str, Any], environment: dict[str, Any], env: str | None
) -> None:
    content = {**top_level, "env": {"e": environment}}
    load_text("w.json", json.dumps(content).encode(), env)


@given(st.binary(), st.sampled_from([".dev.vars", ".env"]))
def test_any_bytes_may_stand_in_a_file_of_secrets(data: bytes, file: str) -> None:
    assert load_text("w.json", b"{}", **{file: data}).config is not None


@pytest.mark.parametrize(
    "env",
    ["a/b", "..", "a\0b", "\ud800", "x" * 5000],
    ids=["a slash", "dots", "NUL", "a surrogate", "5,000 letters"],
)
def test_any_name_of_an_environment_is_an_answer(env: str, read: Read) -> None:
    read({"env": {env: {}}} if env.isprintable() else "{}", env=env)


def test_no_file_is_no_configuration_and_no_error(tmp_path: Path) -> None:
    loaded = load(None, cwd=tmp_path, environ={})
    assert loaded == Loaded()


def test_messages_name_the_file_from_the_working_directory(tmp_path: Path) -> None:
    (tmp_path / "wrangler.toml").write_text("name = 5")
    (tmp_path / "a").mkdir()
    loaded = load(None, cwd=tmp_path / "a", environ={})
    assert loaded.path == tmp_path / "wrangler.toml"
    assert loaded.errors[0].at == ("Processing ../wrangler.toml configuration:",)


def test_warnings_are_given_even_beside_errors(read: Read) -> None:
    loaded = read({"name": 5, "bogus": 1})
    assert loaded.errors
    assert loaded.warnings


def test_importing_the_package_loads_no_parser() -> None:
    code = (
        "import sys, pytest_cfbindings.config;"
        "print([m for m in ('tomli', 'pytest', 'difflib') if m in sys.modules])"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
