from typing import Any

import pytest

from .conftest import Messages

DURABLE = {"type": "durable-object"}


@pytest.mark.parametrize(
    ("entry", "messages"),
    [
        (
            DURABLE,
            [
                '"exports.A.storage" is required for state "created" and must be one of'
                " sqlite and legacy-kv, but got undefined"
            ],
        ),
        (
            {**DURABLE, "state": "renamed", "renamed_to": "A"},
            ['"exports.A.renamed_to" cannot equal the source class name "A".'],
        ),
        (
            {**DURABLE, "state": "renamed", "renamed_to": "a b"},
            [
                '"exports.A.renamed_to" must be a valid JavaScript identifier'
                ' (got "a b").'
            ],
        ),
        (
            {**DURABLE, "state": "deleted", "storage": "sqlite"},
            [
                '"exports.A.storage" is forbidden on state "deleted".',
                "Allowed properties are: type and state.",
            ],
        ),
        (
            {**DURABLE, "state": "transferred"},
            [
                '"exports.A.transferred_to" is required for state "transferred" and'
                " must be a non-empty string."
            ],
        ),
        (
            {**DURABLE, "state": "expecting-transfer", "storage": "sqlite"},
            [
                '"exports.A.transfer_from" is required for state "expecting-transfer"'
                " and must be a non-empty string."
            ],
        ),
        (
            {**DURABLE, "state": "paused"},
            [
                '"exports.A.state" must be one of "created", "deleted", "renamed",'
                ' "transferred", or "expecting-transfer" but got "paused".'
            ],
        ),
        (
            {"type": "queue"},
            [
                '"exports.A.type" must be "durable-object", "worker", or "workflow",'
                ' but got "queue".'
            ],
        ),
        ("x", ['"exports.A" should be an object but got "x".']),
        (
            {"type": "worker", "cache": {"enabled": 1}},
            ['Expected "exports.A.cache.enabled" to be of type boolean but got 1.'],
        ),
        (
            {"type": "workflow"},
            ['"exports.A.name" is a required field.'],
        ),
        (
            {**DURABLE, "storage": "legacy-kv", "container": "c"},
            [
                '"exports.A.container" requires "storage" to be "sqlite". Containers'
                ' are not supported on Durable Objects using the "legacy-kv" storage'
                " backend.",
                '"exports.A.container" references a container named "c", but no'
                ' container with that name is defined in "containers".',
            ],
        ),
    ],
)
def test_a_wrong_export_is_refused_in_wranglers_words(
    entry: Any, messages: list[str], errors: Messages
) -> None:
    assert errors({"exports": {"A": entry}}) == messages


def test_exports_and_migrations_exclude_each_other(errors: Messages) -> None:
    content = {
        "migrations": [{"tag": "v1", "new_classes": ["A"]}],
        "exports": {"A": {**DURABLE, "storage": "sqlite"}},
    }
    assert errors(content) == [
        "`migrations` and `exports` are mutually exclusive. Choose one or the other to"
        " declare your Durable Object lifecycle, but not both."
    ]


def test_a_worker_export_may_stand_beside_migrations(errors: Messages) -> None:
    content = {
        "migrations": [{"tag": "v1", "new_classes": ["A"]}],
        "exports": {"Other": {"type": "worker"}},
    }
    assert errors(content) == []


def test_two_workflows_of_one_name_are_refused(errors: Messages) -> None:
    workflow = {"type": "workflow", "name": "w"}
    assert errors({"exports": {"A": workflow, "B": workflow}}) == [
        '"exports.A" and "exports.B" both declare the Workflow "w".'
        " Workflow names must be unique."
    ]


def test_null_counts_as_no_exports(errors: Messages) -> None:
    assert errors({"exports": None, "migrations": None}) == []
