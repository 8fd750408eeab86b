from collections.abc import Callable
from typing import Any

import pytest

from pytest_cfbindings.config import Config

from .conftest import Messages


def test_vars_keep_their_json_types(config: Callable[..., Config]) -> None:
    given = {"T": "x", "N": 3.0, "F": 0.5, "B": True, "L": [1, {"a": None}], "Z": None}
    found = config({"vars": given}).vars
    assert found == given
    assert isinstance(found["N"], int)


def test_a_list_of_vars_is_keyed_by_index(config: Callable[..., Config]) -> None:
    assert config({"vars": ["a", "b"]}).vars == {"0": "a", "1": "b"}


@pytest.mark.parametrize("value", [7, "A=1", None, True])
def test_vars_have_to_be_a_table(value: Any, errors: Messages) -> None:
    [message] = errors({"vars": value})
    assert message.startswith('The field "vars" should be an object but got ')
    assert message.endswith(".\n")


def test_a_date_among_the_vars_is_refused(errors: Messages) -> None:
    assert errors("[vars]\nWHEN = 2026-01-01", name="w.toml") == [
        'The field "vars.WHEN" is a TOML date, which is not supported.'
        ' Please use a string instead, e.g. WHEN = "2025-12-19".'
    ]


def test_a_date_inside_a_var_becomes_text(config: Callable[..., Config]) -> None:
    found = config("[vars]\nA = [2026-01-01]\nB = inf", name="w.toml").vars
    assert found == {"A": ["2026-01-01"], "B": None}


def test_vars_an_environment_lacks_are_one_warning(warnings: Messages) -> None:
    content = {
        "vars": {"A": "1", "B": "2", "C": "3"},
        "env": {"e": {"vars": {"A": "1"}}},
    }
    assert warnings(content, env="e") == [
        'The following vars exist at the top level, but not on "env.e.vars".\n'
        'This is probably not what you want, since "vars" configuration'
        " is not inherited by environments.\n"
        'Please add these vars to "env.e.vars":\n- B\n- C'
    ]


def test_defines_are_texts(errors: Messages) -> None:
    assert errors({"define": {"A": 1}}) == [
        'The field "define.A" should be a string but got 1.'
    ]


def test_a_define_that_only_an_environment_has_is_a_warning(
    warnings: Messages,
) -> None:
    content = {"define": {"A": "1"}, "env": {"e": {"define": {"A": "1", "B": "2"}}}}
    [message] = warnings(content, env="e")
    assert message.startswith('"B" exists on "env.e", but not on the top level.')


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (["A"], 'The field "secrets" should be an object but got ["A"].'),
        (
            {"required": "A"},
            'Expected "secrets.required" to be an array of strings but got "A"',
        ),
    ],
)
def test_secrets_have_to_be_a_table_with_a_list(
    value: Any, message: str, errors: Messages
) -> None:
    assert errors({"secrets": value}) == [message]
