from collections.abc import Callable
from typing import Any

import pytest

from pytest_cfbindings.config import Config

from .conftest import Messages

UNKNOWN = (
    'No environment found in configuration with name "x".\n'
    "Before using `--env=x` there should be an equivalent environment section in the"
    " configuration.\n{}\n"
    "Consider adding an environment configuration section to the wrangler.jsonc file:\n"
    "```\n[env.x]\n```\n"
)


@pytest.mark.parametrize(
    ("env", "environ", "name"),
    [
        (None, {}, "w"),
        ("a", {}, "w-a"),
        (None, {"CLOUDFLARE_ENV": "b"}, "w-b"),
        ("a", {"CLOUDFLARE_ENV": "b"}, "w-a"),
        ("", {"CLOUDFLARE_ENV": "b"}, "w"),
        (None, {"CLOUDFLARE_ENV": ""}, "w"),
    ],
)
def test_the_option_wins_over_the_variable_and_empty_means_the_top_level(
    env: str | None, environ: dict[str, str], name: str, config: Callable[..., Config]
) -> None:
    content = {"name": "w", "env": {"a": {}, "b": {}}}
    assert config(content, env=env, environ=environ).name == name


def test_an_unknown_environment_is_an_error_beside_known_ones(
    errors: Messages,
) -> None:
    names = 'The available configured environment names are: ["1","b"]\n'
    content = {"env": {"b": {}, "1": {}}}
    assert errors(content, env="x") == [UNKNOWN.format(names)]


def test_an_empty_table_of_environments_makes_it_an_error_too(
    errors: Messages,
) -> None:
    names = "The available configured environment names are: []\n"
    assert errors({"env": {}}, env="x") == [UNKNOWN.format(names)]


def test_without_environments_it_is_a_warning_and_bindings_stay(
    config: Callable[..., Config], warnings: Messages
) -> None:
    content = {"name": "w", "kv_namespaces": [{"binding": "A"}]}
    found = config(content, env="x")
    assert (found.name, found.environment) == ("w-x", "x")
    assert [kv.binding for kv in found.kv_namespaces] == ["A"]
    assert warnings(content, env="x") == [UNKNOWN.format("")]


def test_a_pages_project_takes_any_environment(config: Callable[..., Config]) -> None:
    content = {"name": "p", "pages_build_output_dir": "d", "env": {"preview": {}}}
    assert config(content, env="x").name == "p"


@pytest.mark.parametrize("flags", [[], ["nodejs_compat"], None])
def test_a_python_worker_needs_its_flag(flags: Any, errors: Messages) -> None:
    content = {"main": "src/entry.py"}
    if flags is not None:
        content["compatibility_flags"] = flags
    assert errors(content) == [
        "The `python_workers` compatibility flag is required to use Python."
    ]


def test_the_missing_flag_hides_no_other_mistake(errors: Messages) -> None:
    assert len(errors({"main": "entry.py", "name": "Bad"})) == 2
