from typing import Any

import pytest

from .conftest import Messages


@pytest.mark.parametrize(
    ("key", "entry", "messages"),
    [
        (
            "services",
            {"binding": "S"},
            [
                '"services[0]" bindings should have a string "service" field'
                ' but got {"binding":"S"}.'
            ],
        ),
        (
            "services",
            {"binding": "S", "service": "s", "dev": 1},
            ['"services[0]" bindings should have an object "dev" field but got 1.'],
        ),
        (
            "services",
            {"binding": "S", "service": "s", "dev": {"plugin": {"name": "n"}}},
            [
                '"services[0].dev.plugin" should have a string "package" field'
                " but got undefined."
            ],
        ),
        (
            "dispatch_namespaces",
            {"namespace": 1},
            [
                '"dispatch_namespaces[0]" should have a string "binding" field'
                ' but got {"namespace":1}.',
                '"dispatch_namespaces[0]" should optionally have a string "namespace"'
                ' field but got {"namespace":1}.',
            ],
        ),
        (
            "dispatch_namespaces",
            {"binding": "D", "outbound": {"service": "s", "parameters": [1]}},
            [
                'Expected "dispatch_namespaces[0].outbound.parameters.[0]" to be of'
                " type string but got 1.",
                '"dispatch_namespaces[0]" has an invalid outbound definition.',
            ],
        ),
    ],
)
def test_a_wrong_entry_is_refused_in_wranglers_words(
    key: str, entry: Any, messages: list[str], errors: Messages
) -> None:
    assert errors({key: [entry]}) == messages


def test_a_local_plugin_wins_over_remote(warnings: Messages) -> None:
    plugin = {"package": "p", "name": "n"}
    entry = {"binding": "S", "service": "s", "dev": {"plugin": plugin}, "remote": True}
    [message] = warnings({"services": [entry]})
    assert message.startswith('"services[0]" binding has both "dev" and "remote" set;')
