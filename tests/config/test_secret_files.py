from typing import Any

import pytest

from .conftest import Read

EMPTY: dict[str, Any] = {"compatibility_date": "2026-01-01"}


def values(read: Read, **files: Any) -> Any:
    options = {key: files.pop(key) for key in ("env", "environ") if key in files}
    loaded = read({**EMPTY, **files.pop("content", {})}, **options, **files)
    assert loaded.config is not None, loaded.error_text()
    return loaded.config.vars


def test_secrets_lie_over_vars_of_any_type_as_text(read: Read) -> None:
    content = {"vars": {"LIMIT": 5, "KEPT": True}}
    found = values(read, content=content, **{".dev.vars": "LIMIT=99\nNEW=x"})
    assert found == {"LIMIT": "99", "KEPT": True, "NEW": "x"}


def test_a_secret_never_replaces_another_binding(read: Read) -> None:
    content = {"kv_namespaces": [{"binding": "KV"}], "ai": {"binding": "AI"}}
    assert values(read, content=content, **{".dev.vars": "KV=x\nAI=y"}) == {}


def test_dev_vars_hides_the_env_files(read: Read) -> None:
    assert values(read, **{".dev.vars": "A=1", ".env": "B=2"}) == {"A": "1"}


def test_a_file_for_the_environment_replaces_the_general_one(read: Read) -> None:
    files = {".dev.vars": "A=1\nB=1", ".dev.vars.e": "A=2"}
    assert values(read, content={"env": {"e": {}}}, env="e", **files) == {"A": "2"}


def test_cloudflare_env_selects_no_file(read: Read) -> None:
    files = {".dev.vars": "A=1", ".dev.vars.e": "A=2"}
    environ = {"CLOUDFLARE_ENV": "e"}
    content = {"env": {"e": {}}}
    assert values(read, content=content, environ=environ, **files) == {"A": "1"}


def test_env_files_are_merged_and_expanded(read: Read) -> None:
    files = {
        ".env": "A=1\nB=1\nC=1",
        ".env.local": "B=2",
        ".env.e": "C=3",
        ".env.e.local": "D=${C}-${NONE:-x}",
    }
    found = values(read, content={"env": {"e": {}}}, env="e", **files)
    assert found == {"A": "1", "B": "2", "C": "3", "D": "3-x"}


def test_env_files_can_be_switched_off(read: Read) -> None:
    environ = {"CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV": "FALSE"}
    assert values(read, environ=environ, **{".env": "A=1"}) == {}


def test_the_process_environment_joins_only_when_asked(read: Read) -> None:
    given = {"SHELL": "sh"}
    assert values(read, environ=given, **{".env": "A=1"}) == {"A": "1"}
    joined = {**given, "CLOUDFLARE_INCLUDE_PROCESS_ENV": "true"}
    assert values(read, environ=joined, **{".env": "A=$SHELL"}) == {
        "A": "sh",
        **joined,
    }


def test_a_switch_that_is_neither_true_nor_false_is_an_error(read: Read) -> None:
    environ = {"CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV": "yes"}
    [error] = read(EMPTY, environ=environ).errors
    assert error.message == (
        'Expected CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV to be "true" or "false",'
        ' but got "yes"'
    )


def test_required_secrets_limit_what_a_file_may_set(read: Read) -> None:
    content = {**EMPTY, "vars": {"MODE": "a"}, "secrets": {"required": ["KEY", "PW"]}}
    loaded = read(content, **{".dev.vars": "KEY=1\nMODE=b\nOTHER=x"})
    assert loaded.config is not None
    assert loaded.config.vars == {"MODE": "b", "KEY": "1"}
    assert [note.message for note in loaded.notes] == [
        "Using secrets defined in .dev.vars",
        "Missing required secrets: PW. Add them to .dev.vars, .env,"
        " or set as environment variables.",
    ]


def test_the_process_environment_supplies_required_secrets(read: Read) -> None:
    content = {"secrets": {"required": ["KEY"]}}
    environ = {"KEY": "from the shell", "OTHER": "x"}
    assert values(read, content=content, environ=environ) == {"KEY": "from the shell"}


def test_a_file_that_cannot_be_read_is_an_error(read: Read, tmp_path: Any) -> None:
    (tmp_path / ".dev.vars").mkdir()
    [error] = read(EMPTY).errors
    assert error.message == 'Failed to load local dev variables file ".dev.vars":'


def test_an_env_file_that_cannot_be_read_is_passed_over(
    read: Read, tmp_path: Any
) -> None:
    (tmp_path / ".env").mkdir()
    assert values(read, **{".env.local": "A=1"}) == {"A": "1"}


@pytest.mark.parametrize("file", [".dev.vars", ".env"])
def test_no_value_of_a_secret_is_ever_shown(file: str, read: Read) -> None:
    content = {"secrets": {"required": ["KEY", "OTHER"]}, "bogus": 1}
    loaded = read(content, environ={"OTHER": "hunter2"}, **{file: "KEY=hunter2"})
    assert loaded.config is not None
    assert loaded.config.secret_names >= {"KEY"}
    shown = repr(loaded) + loaded.warning_text() + loaded.error_text()
    assert "hunter2" not in shown
