from typing import Any

import pytest

from .conftest import Messages


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("ai", [], 'The field "ai" should be an object but got [].'),
        ("ai", {}, 'binding should have a string "binding" field.'),
        (
            "browser",
            {"binding": "B", "remote": 1},
            '"browser" should, optionally, have a boolean "remote" field'
            ' but got {"binding":"B","remote":1}.',
        ),
        (
            "unsafe",
            {"metadata": 1},
            'The field "unsafe.metadata" should be an object but got 1.',
        ),
        (
            "unsafe",
            {"capnp": {"compiled_schema": 1}},
            'The field "unsafe.capnp.compiled_schema", when present, should be a'
            " string but got 1.",
        ),
        (
            "unsafe",
            {"capnp": {"compiled_schema": "a", "base_path": "b"}},
            'The field "unsafe.capnp" cannot contain both "compiled_schema" and one of'
            ' "base_path" or "source_schemas".',
        ),
        (
            "unsafe",
            {"bindings": [{"name": "U"}]},
            'binding should have a string "type" field.',
        ),
        (
            "logfwdr",
            {},
            'The field "logfwdr" is missing the required "bindings" property.',
        ),
        (
            "logfwdr",
            {"bindings": [{"name": "L"}]},
            'binding should have a string "destination" field.',
        ),
    ],
)
def test_a_wrong_table_is_refused_in_wranglers_words(
    key: str, value: Any, message: str, errors: Messages
) -> None:
    assert errors({key: value}) == [message]


def test_an_unsafe_binding_of_a_supported_type_is_a_warning(
    warnings: Messages,
) -> None:
    unsafe = {"bindings": [{"name": "U", "type": "kv_namespace"}]}
    messages = warnings({"unsafe": unsafe})
    start = 'The binding type "kv_namespace" is directly supported by wrangler.'
    assert messages[1].startswith(start)
