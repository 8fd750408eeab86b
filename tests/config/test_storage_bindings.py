from typing import Any

import pytest

from .conftest import Messages

BUCKET_FORMAT = (
    "Bucket names must begin and end with an alphanumeric character, only contain"
    " lowercase letters, numbers, and hyphens, and be between 3 and 63 characters long."
)


@pytest.mark.parametrize(
    ("key", "entry", "message"),
    [
        (
            "kv_namespaces",
            {"id": "x"},
            '"kv_namespaces[0]" bindings should have a string "binding" field'
            ' but got {"id":"x"}.',
        ),
        (
            "kv_namespaces",
            {"binding": "A", "id": ""},
            '"kv_namespaces[0]" bindings should have a string "id" field'
            ' but got {"binding":"A","id":""}.',
        ),
        (
            "kv_namespaces",
            {"binding": "A", "preview_id": 1},
            '"kv_namespaces[0]" bindings should, optionally, have a string'
            ' "preview_id" field but got {"binding":"A","preview_id":1}.',
        ),
        (
            "kv_namespaces",
            {"binding": "A", "remote": "yes"},
            '"kv_namespaces[0]" should, optionally, have a boolean "remote" field'
            ' but got {"binding":"A","remote":"yes"}.',
        ),
        (
            "kv_namespaces",
            "A",
            '"kv_namespaces" bindings should be objects, but got "A"',
        ),
        (
            "d1_databases",
            {"binding": "A", "database_id": None},
            '"d1_databases[0]" bindings must have a "database_id" field'
            ' but got {"binding":"A","database_id":null}.',
        ),
        (
            "d1_databases",
            {"binding": "A", "migrations_dir": 1},
            '"d1_databases[0]" bindings should, optionally, have a string'
            ' "migrations_dir" field but got {"binding":"A","migrations_dir":1}.',
        ),
        (
            "r2_buckets",
            {"binding": "A", "bucket_name": ""},
            '"r2_buckets[0]" bindings should have a string "bucket_name" field'
            ' but got {"binding":"A","bucket_name":""}.',
        ),
        (
            "r2_buckets",
            {"binding": "A", "bucket_name": "ab"},
            f'r2_buckets[0].bucket_name="ab" is invalid. {BUCKET_FORMAT}',
        ),
        (
            "r2_buckets",
            {"binding": "A", "preview_bucket_name": "Ab1"},
            f'r2_buckets[0].preview_bucket_name= "Ab1" is invalid. {BUCKET_FORMAT}',
        ),
        (
            "r2_buckets",
            {"binding": "A", "local_dev": 1},
            '"r2_buckets[0]" bindings should, optionally, have an object "local_dev"'
            ' field but got {"binding":"A","local_dev":1}.',
        ),
    ],
)
def test_a_wrong_entry_is_refused_in_wranglers_words(
    key: str, entry: Any, message: str, errors: Messages
) -> None:
    assert errors({key: [entry]}) == [message]


def test_an_empty_preview_id_is_refused_though_wrangler_takes_it(
    errors: Messages,
) -> None:
    [message] = errors({"kv_namespaces": [{"binding": "A", "preview_id": ""}]})
    assert message.startswith('"kv_namespaces[0]" has an empty "preview_id"')


def test_an_empty_database_id_is_accepted(errors: Messages) -> None:
    assert errors({"d1_databases": [{"binding": "A", "database_id": ""}]}) == []


def test_a_bucket_name_is_only_judged_in_an_entry_that_is_otherwise_right(
    errors: Messages,
) -> None:
    messages = errors({"r2_buckets": [{"bucket_name": "ab"}]})
    assert [m for m in messages if "is invalid" in m] == []
    assert len(messages) == 1


@pytest.mark.parametrize("name", ["abc", "a-b", "0" * 63])
def test_bucket_names_of_3_to_63_characters_are_accepted(
    name: str, errors: Messages
) -> None:
    assert errors({"r2_buckets": [{"binding": "A", "bucket_name": name}]}) == []


def test_several_mistakes_are_all_reported(errors: Messages) -> None:
    entries = [{"id": 1}, {"binding": 2}, None]
    assert len(errors({"kv_namespaces": entries})) == 4


def test_unknown_keys_are_only_a_warning(warnings: Messages) -> None:
    entry = {"binding": "A", "ttl": 60, "title": "x"}
    assert warnings({"kv_namespaces": [entry]}) == [
        'Unexpected fields found in kv_namespaces[0] field: "ttl","title"'
    ]
