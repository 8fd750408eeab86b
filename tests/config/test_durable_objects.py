from typing import Any

import pytest

from .conftest import Messages, Read


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"class_name": "A"}, 'binding should have a string "name" field.'),
        ({"name": "A"}, 'binding should have a string "class_name" field.'),
        (
            {"name": "A", "class_name": "A", "script_name": 4},
            'the field "script_name", when present, should be a string.',
        ),
        (
            {"name": "A", "class_name": "A", "environment": "p"},
            'binding should have a "script_name" field if "environment" is present.',
        ),
        ("H", 'Expected "durable_objects.bindings[0]" to be an object but got "H"'),
    ],
)
def test_a_wrong_binding_is_refused_below_its_own_heading(
    entry: Any, message: str, read: Read
) -> None:
    [error] = read({"durable_objects": {"bindings": [entry]}}).errors
    assert error.message == message
    assert error.at[0] == "Processing wrangler.jsonc configuration:"
    assert error.at[1].startswith('"durable_objects.bindings[0]": ')


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([], 'The field "durable_objects" should be an object but got [].'),
        (
            {"bindings": {}},
            'The field "durable_objects.bindings" should be an array but got {}.',
        ),
        (
            {"code_update_strategy": {"mode": "x"}},
            'Expected "durable_objects.code_update_strategy.mode" field to be one of'
            ' ["immediate","deferred"] but got "x".',
        ),
        (
            {"code_update_strategy": {"mode": "deferred", "max_delay": 90_000}},
            'Expected "durable_objects.code_update_strategy.max_delay" to be between 0'
            " and 86400 seconds but got 90000.",
        ),
        (
            {"code_update_strategy": {"mode": "deferred", "max_delay": 0.0001}},
            'Expected "durable_objects.code_update_strategy.max_delay" to use'
            " millisecond precision but got 0.0001.",
        ),
    ],
)
def test_a_wrong_table_is_refused(value: Any, message: str, errors: Messages) -> None:
    assert errors({"durable_objects": value}) == [message]


def bound(*classes: str, **extra: str) -> dict[str, Any]:
    entries = [{"name": name, "class_name": name, **extra} for name in classes]
    return {"durable_objects": {"bindings": entries}}


def test_classes_that_nothing_declares_are_a_warning_with_json_to_add(
    warnings: Messages,
) -> None:
    assert warnings(bound("Room")) == [
        "In your wrangler.jsonc file, you have configured `durable_objects` exported by"
        " this Worker (Room), but no live `exports` entry for them. This may not work"
        " as expected until you add a live `durable-object` entry to `exports` for"
        " each. Add the following configuration:\n\n```\n{\n"
        '  "exports": {\n    "Room": {\n      "type": "durable-object",\n'
        '      "storage": "sqlite"\n    }\n  }\n}\n```'
    ]


def test_in_a_toml_file_the_snippet_is_toml(warnings: Messages) -> None:
    text = '[[durable_objects.bindings]]\nname = "R"\nclass_name = "Room x"'
    [message] = warnings(text, name="w.toml")
    assert message.startswith("In your wrangler.toml file")
    assert message.endswith(
        '```\n[exports."Room x"]\ntype = "durable-object"\nstorage = "sqlite"\n\n```'
    )


def test_one_migration_silences_the_warning_for_all(warnings: Messages) -> None:
    migrations = [{"tag": "v1", "new_sqlite_classes": ["Other"]}]
    assert warnings({**bound("Room"), "migrations": migrations}) == []


def test_classes_of_another_worker_need_no_declaration(warnings: Messages) -> None:
    assert warnings(bound("Room", script_name="rooms")) == []
