from collections.abc import Callable
from typing import Any

import pytest

from pytest_cfbindings.config import Config

from .conftest import Messages

SHOP = {
    "name": "shop",
    "main": "index.js",
    "compatibility_date": "2026-01-01",
    "compatibility_flags": ["a"],
    "triggers": {"crons": ["* * * * *"]},
    "env": {
        "e": {},
        "own": {"name": "other", "compatibility_flags": [], "main": "x.js"},
    },
}


def test_an_environment_inherits_settings_and_gets_a_name_of_its_own(
    config: Callable[..., Config],
) -> None:
    found = config(SHOP, env="e")
    assert (found.environment, found.name) == ("e", "shop-e")
    assert found.compatibility_date == "2026-01-01"
    assert found.compatibility_flags == ("a",)
    assert found.crons == ("* * * * *",)
    assert found.environments == ("e", "own")


def test_what_an_environment_has_replaces_the_whole(
    config: Callable[..., Config],
) -> None:
    found = config(SHOP, env="own")
    assert found.name == "other"
    assert found.compatibility_flags == ()
    assert found.main is not None
    assert found.main.name == "x.js"


def test_bindings_are_not_inherited_and_their_absence_is_known(
    config: Callable[..., Config], warnings: Messages
) -> None:
    content = {
        "kv_namespaces": [{"binding": "CACHE"}],
        "vars": {"A": "1"},
        "queues": {"producers": [{"binding": "Q", "queue": "q"}]},
        "env": {"e": {"vars": {"A": "2"}}},
    }
    found = config(content, env="e")
    assert found.kv_namespaces == ()
    assert found.not_inherited == {"CACHE": "kv_namespaces", "Q": "queues"}
    assert warnings(content, env="e") == [
        f'"{key}" exists at the top level, but not on "env.e".\n'
        f'This is not what you probably want, since "{key}" is not inherited by'
        f' environments.\nPlease add "{key}" to "env.e".'
        for key in ("kv_namespaces", "queues")
    ]


def test_at_the_top_level_nothing_is_missing(config: Callable[..., Config]) -> None:
    assert config({"vars": {"A": "1"}}).not_inherited == {}


def test_an_environment_that_was_not_asked_for_is_not_checked(
    errors: Messages,
) -> None:
    assert errors({"env": {"e": {"name": 5, "kv_namespaces": "x"}}}) == []


def test_mistakes_of_both_levels_are_reported(errors: Messages) -> None:
    content = {"name": "Bad", "env": {"e": {"name": "Worse"}}}
    start = 'Expected "name" to be of type string, alphanumeric and lowercase with'
    assert errors(content, env="e") == [
        f'{start} dashes only but got "Bad".',
        f'{start} dashes only but got "Worse".',
    ]


def test_keys_of_the_top_level_are_unknown_in_an_environment(
    warnings: Messages,
) -> None:
    content = {"env": {"e": {"dev": {}, "bogus": 1}}}
    assert warnings(content, env="e") == [
        'Unexpected fields found in env.e field: "dev","bogus"'
    ]


@pytest.mark.parametrize("value", [None, 5, "x", True])
def test_an_environment_that_is_no_table_is_refused(
    value: Any, errors: Messages
) -> None:
    [message] = errors({"env": {"e": value}}, env="e")
    assert message.startswith('"env.e" should be an object but got ')


def test_empty_routes_and_accounts_are_ignored_with_a_warning(
    warnings: Messages,
) -> None:
    assert warnings({"route": "", "account_id": ""}) == [
        f'The "{key}" field in your configuration is an empty string and will be'
        f' ignored.\nPlease remove the "{key}" field from your configuration.'
        for key in ("route", "account_id")
    ]


def test_node_compat_was_removed(errors: Messages) -> None:
    [message] = errors({"node_compat": True})
    assert message.startswith('Removed: "node_compat":\n')


def test_unsafe_fields_are_experimental(warnings: Messages) -> None:
    message = '"unsafe" fields are experimental and may change or break at any time.'
    assert warnings({"unsafe": {}}) == [message]
    quiet = {"WRANGLER_DISABLE_EXPERIMENTAL_WARNING": ""}
    assert warnings({"unsafe": {}}, environ=quiet) == []
