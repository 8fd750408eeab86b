from collections.abc import Callable
from typing import Any

import pytest

from pytest_cfbindings.config import Config

from .conftest import Messages


def steps(*migrations: dict[str, Any]) -> dict[str, Any]:
    return {"migrations": [{"tag": "v", **step} for step in migrations]}


def test_classes_keep_their_storage_through_renames(
    config: Callable[..., Config],
) -> None:
    content = steps(
        {"new_classes": ["Old"], "new_sqlite_classes": ["New", "Gone"]},
        {"renamed_classes": [{"from": "Old", "to": "Older"}]},
        {"deleted_classes": ["Gone"]},
        {"new_classes": ["Gone"]},
    )
    assert config(content).durable_object_classes == {
        "New": "sqlite",
        "Older": "kv",
        "Gone": "kv",
    }


def test_live_exports_declare_classes(config: Callable[..., Config]) -> None:
    durable = {"type": "durable-object"}
    exports = {
        "A": {**durable, "storage": "sqlite"},
        "B": {**durable, "storage": "legacy-kv", "state": "created"},
        "C": {**durable, "state": "deleted"},
        "W": {"type": "worker"},
    }
    classes = config({"exports": exports}).durable_object_classes
    assert classes == {"A": "sqlite", "B": "kv"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            steps({"new_classes": ["A"]}, {"new_classes": ["A"]}),
            "Cannot apply new_classes migration to existing class A",
        ),
        (
            steps({"new_classes": ["A"], "new_sqlite_classes": ["A"]}),
            "Cannot apply new_sqlite_classes migration to existing class A",
        ),
        (
            steps(
                {
                    "new_classes": ["A"],
                    "renamed_classes": [{"from": "A", "to": "B"}],
                }
            ),
            "Cannot apply renamed_classes migration to non-existent class A",
        ),
        (
            steps({"deleted_classes": ["A"]}),
            "Cannot apply deleted_classes migration to non-existent class A",
        ),
    ],
)
def test_an_impossible_step_is_an_error(
    content: dict[str, Any], message: str, errors: Messages
) -> None:
    assert errors(content) == [message]


@pytest.mark.parametrize(
    ("migration", "message"),
    [
        ({}, '"migrations[0].tag" is a required field.'),
        (
            {"tag": 1},
            'Expected "migrations[0].tag" to be of type string but got 1.',
        ),
        (
            {"tag": "v", "new_classes": "A"},
            'Expected "migrations[0].new_classes" to be an array of strings'
            ' but got "A"',
        ),
        (
            {"tag": "v", "new_classes": [1]},
            'Expected "migrations[0].new_classes.[0]" to be of type string but got 1.',
        ),
        (
            {"tag": "v", "renamed_classes": [{"from": "A"}]},
            'Expected "migrations[0].renamed_classes" to be an array of'
            ' "{from: string, to: string}" objects but got [{"from":"A"}].',
        ),
        (
            {"tag": "v", "transferred_classes": 5},
            'Expected "migrations[0].transferred_classes" to be an array of'
            ' "{from: string, from_script: string, to: string}" objects but got 5.',
        ),
        (None, '"migrations[0]" should be an object but got null.'),
    ],
)
def test_a_migration_of_the_wrong_shape_is_refused(
    migration: Any, message: str, errors: Messages
) -> None:
    assert errors({"migrations": [migration]}) == [message]


def test_migrations_have_to_be_a_list(errors: Messages) -> None:
    assert errors({"migrations": {}}) == [
        'The optional "migrations" field should be an array, but got {}'
    ]
