import pytest

from .conftest import Messages


@pytest.mark.parametrize("key", ["kv_namespaces", "d1_databases", "r2_buckets"])
def test_a_kind_that_is_no_list_is_refused(key: str, errors: Messages) -> None:
    assert errors({key: {"binding": "A"}}) == [
        f'The field "{key}" should be an array but got {{"binding":"A"}}.'
    ]


def test_an_environment_names_its_own_path(errors: Messages) -> None:
    content = {"env": {"e": {"kv_namespaces": "x"}}}
    assert errors(content, env="e") == [
        'The field "env.e.kv_namespaces" should be an array but got "x".'
    ]


def test_each_binding_an_environment_lacks_is_a_warning(warnings: Messages) -> None:
    content = {
        "kv_namespaces": [{"binding": "A"}, {"binding": "B"}],
        "env": {"e": {"kv_namespaces": [{"binding": "A"}]}},
    }
    assert warnings(content, env="e") == [
        'There is a kv_namespaces binding with name "B" at the top level,'
        ' but not on "env.e".\n'
        'This is not what you probably want, since "kv_namespaces" configuration'
        " is not inherited by environments.\n"
        'Please add a binding for "B" to "env.e.kv_namespaces.bindings".'
    ]


def test_durable_objects_an_environment_lacks_are_one_warning(
    warnings: Messages,
) -> None:
    both = [{"name": n, "class_name": n, "script_name": "w"} for n in ("A", "B", "C")]
    content = {
        "durable_objects": {"bindings": both},
        "env": {"e": {"durable_objects": {"bindings": both[:1]}}},
    }
    assert warnings(content, env="e") == [
        'The following bindings are at the top level, but not on "env.e".\n'
        'This is not what you probably want, since "durable_objects" configuration'
        " is not inherited by environments.\n"
        'Please add a binding for each to "env.e.durable_objects.bindings":\n- B\n- C'
    ]


def test_a_null_entry_raises_nothing_beside_a_top_level_list(errors: Messages) -> None:
    content = {
        "kv_namespaces": [{"binding": "A"}],
        "env": {"e": {"kv_namespaces": [None]}},
    }
    assert errors(content, env="e") == [
        '"kv_namespaces" bindings should be objects, but got null'
    ]
