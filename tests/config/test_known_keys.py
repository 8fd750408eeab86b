from pytest_cfbindings.config.known_keys import suggestion

from .conftest import Read


def test_unknown_keys_are_a_warning_with_a_hint_beside_it(read: Read) -> None:
    [warning] = read({"kv_namespace": [], "zzz": 1}).warnings
    assert warning.message == (
        'Unexpected fields found in top-level field: "kv_namespace","zzz"'
    )
    assert warning.hint == 'Did you mean "kv_namespaces" instead of "kv_namespace"?'


def test_a_misspelt_key_of_an_entry_gets_a_hint(read: Read) -> None:
    entry = {"binding": "DB", "databse_id": "x"}
    [warning] = read({"d1_databases": [entry]}).warnings
    assert warning.hint == 'Did you mean "database_id" instead of "databse_id"?'


def test_a_key_like_no_other_gets_no_hint() -> None:
    assert suggestion(["zzz"], ["kv_namespaces"]) is None


def test_every_near_key_gets_a_hint() -> None:
    assert suggestion(["ad", "bad"], ["add", "bade"]) == (
        'Did you mean "add" instead of "ad"? Did you mean "bade" instead of "bad"?'
    )
