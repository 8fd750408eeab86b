from typing import Any

import pytest

from .conftest import Messages


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            {"send_metrics": 1},
            'Expected "send_metrics" to be of type boolean but got 1.',
        ),
        ({"$schema": 1}, 'Expected "$schema" to be of type string but got 1.'),
        (
            {"addresses": 1},
            'Expected "addresses" to be an array of strings but got 1',
        ),
        (
            {"dev": {"port": "x"}},
            'Expected "dev.port" to be of type number but got "x".',
        ),
        (
            {"dev": {"upstream_protocol": "ftp"}},
            'Expected "dev.upstream_protocol" field to be one of ["http","https"]'
            ' but got "ftp".',
        ),
        ({"alias": 5}, "Expected alias to be an object, but got number"),
        (
            {"alias": {"a": 1}},
            'Expected alias["a"] to be a string, but got number',
        ),
        (
            {"wasm_modules": {"W": 1}},
            "Expected \"wasm_modules['W']\" to be of type string but got 1.",
        ),
        (
            {"dependencies_instrumentation": {"enabled": 1}},
            'Expected "dependencies_instrumentation.enabled" to be of type boolean'
            " but got 1.",
        ),
        ({"main": "a.js", "site": {}}, '"site.bucket" is a required field.'),
    ],
)
def test_a_wrong_field_is_refused_in_wranglers_words(
    content: dict[str, Any], message: str, errors: Messages
) -> None:
    assert errors(content) == [message]


def test_a_wrong_local_protocol_is_the_upstream_one_too(errors: Messages) -> None:
    assert len(errors({"dev": {"local_protocol": "ftp"}})) == 2


def test_service_environments_were_removed(errors: Messages) -> None:
    [message] = errors({"legacy_env": True})
    assert message.startswith('The "legacy_env" field is no longer supported')


def test_main_and_entry_point_exclude_each_other(errors: Messages) -> None:
    site = {"bucket": "b", "entry-point": "w"}
    [message] = errors({"main": "a.js", "site": site})
    assert message.startswith("Don't define both the `main` and `site.entry-point`")


def test_an_entry_point_is_deprecated(warnings: Messages) -> None:
    [message] = warnings({"site": {"bucket": "b", "entry-point": "w"}})
    assert message.endswith('```\nmain = "w/index.js"\n```')


def test_a_site_without_an_entry_point_gets_a_default(warnings: Messages) -> None:
    [message] = warnings({"site": {"bucket": "b"}})
    assert 'we\'re defaulting to "workers-site"' in message
