from typing import Any

import pytest

from .conftest import Messages


@pytest.mark.parametrize("name", ["", "a", "a-b_c", "0", "_x", "a" * 300])
def test_worker_names_of_these_characters_are_accepted(
    name: str, errors: Messages
) -> None:
    assert errors({"name": name}) == []


@pytest.mark.parametrize("name", ["A", "a.b", "-a", "a b", "é", 5, None, "a\n"])
def test_other_worker_names_are_refused(name: Any, errors: Messages) -> None:
    [message] = errors({"name": name})
    assert message.startswith('Expected "name" to be of type string, alphanumeric')


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"main": 1}, 'Expected "main" to be of type string but got 1.'),
        (
            {"compatibility_flags": "x"},
            'Expected "compatibility_flags" to be of type string array but got "x".',
        ),
        (
            {"compatibility_date": 2026},
            'Expected "compatibility_date" to be of type string but got 2026.',
        ),
        (
            {"compatibility_date": "latest"},
            '"compatibility_date" field should be a valid ISO-8601 date (YYYY-MM-DD),'
            ' but got "latest".',
        ),
        (
            {"compatibility_date": "2026–01–01"},  # noqa: RUF001
            '"compatibility_date" field should use ISO-8601 accepted hyphens (-) rather'
            " than en-dashes (\u2013) or em-dashes (\u2014).",
        ),
        (
            {"workers_dev": "yes"},
            'Expected "workers_dev" to be of type boolean but got "yes".',
        ),
        (
            {"rules": [{"type": "PythonModule", "globs": ["*"]}]},
            'bindings should have a string "type" field, which contains one of'
            ' "ESModule", "CommonJS", "CompiledWasm", "Text", or "Data".',
        ),
        (
            {"rules": [{"type": "Text"}]},
            'Expected "rules[0].globs" to be an array of strings but got undefined',
        ),
        (
            {"limits": {"cpu_ms": "x"}},
            'Expected "limits.cpu_ms" to be of type number but got "x".',
        ),
        (
            {"assets": "x"},
            '"assets" should be an object, but got value "assets" of type string',
        ),
        (
            {"assets": {"html_handling": "x"}},
            'Expected "assets.html_handling" field to be one of ["auto-trailing-slash",'
            '"force-trailing-slash","drop-trailing-slash","none"] but got "x".',
        ),
        (
            {"assets": {"run_worker_first": 1}},
            'The field "assets.run_worker_first" should be an array of strings or a'
            " boolean, but got 1.",
        ),
        ({"access": {"dev": {}}}, '"access.dev.aud" is a required field.'),
        ({"cache": {}}, '"cache.enabled" is a required field.'),
        (
            {"python_modules": {"exclude": 1}},
            'Expected "python_modules.exclude" to be of type string array but got 1.',
        ),
        (
            {"compliance_region": "x"},
            'Expected "compliance_region" field to be one of'
            ' ["public","fedramp_high"] but got "x".',
        ),
        (
            {"tail_consumers": [{"service": 1}]},
            'Expected "tail_consumers[0].service" to be of type string but got 1.',
        ),
        (
            {"build": {"command": 1}},
            'Expected "build.command" to be of type string but got 1.',
        ),
    ],
)
def test_a_wrong_setting_is_refused_in_wranglers_words(
    content: dict[str, Any], message: str, errors: Messages
) -> None:
    assert errors(content) == [message]


def test_a_wrong_inherited_build_is_reported_for_both_levels(errors: Messages) -> None:
    content = {"build": {"command": 1}, "env": {"e": {}}}
    assert len(errors(content, env="e")) == 2
