import pytest

from pytest_cfbindings.config.names import PROTOTYPE_NAMES

from .conftest import Messages

UNIQUE = (
    "Bindings must have unique names, so that they can all be referenced in the"
    " worker.\nPlease change your bindings to have unique names."
)


def test_one_name_twice_in_a_kind_is_refused(errors: Messages) -> None:
    twice = [{"binding": "A", "id": "1"}, {"binding": "A", "id": "2"}]
    assert errors({"kv_namespaces": twice}) == [
        "A assigned to multiple KV Namespace bindings.",
        UNIQUE,
    ]


def test_one_name_in_several_kinds_is_refused(errors: Messages) -> None:
    content = {
        "vars": {"A": "1"},
        "d1_databases": [{"binding": "A"}],
        "kv_namespaces": [{"binding": "A"}],
        "secrets": {"required": ["A"]},
    }
    assert errors(content) == [
        "A assigned to KV Namespace, D1 Database, Environment Variable, and Secret"
        " bindings.",
        UNIQUE,
    ]


def test_names_differ_by_case(errors: Messages) -> None:
    assert errors({"vars": {"a": "1"}, "kv_namespaces": [{"binding": "A"}]}) == []


def test_only_the_selected_environment_is_looked_at(errors: Messages) -> None:
    content = {
        "vars": {"A": "1"},
        "env": {"e": {"vars": {"A": "1"}, "kv_namespaces": [{"binding": "A"}]}},
    }
    assert errors(content) == []
    assert len(errors(content, env="e")) == 2


@pytest.mark.parametrize("name", ["my-kv", "1st", "with space", "", "é"])
def test_a_name_need_not_be_an_identifier(name: str, errors: Messages) -> None:
    assert errors({"kv_namespaces": [{"binding": name}]}) == []


@pytest.mark.parametrize("name", sorted(PROTOTYPE_NAMES))
def test_names_that_every_javascript_object_has_are_refused(
    name: str, errors: Messages
) -> None:
    [message] = errors({"vars": {name: "x"}})
    assert message.startswith(f'"{name}" cannot be the name of a binding')


def test_assets_is_reserved_in_a_pages_project(errors: Messages) -> None:
    content = {"pages_build_output_dir": "dist", "vars": {"ASSETS": "x"}}
    assert errors(content) == [
        "The name 'ASSETS' is reserved in Pages projects."
        " Please use a different name for your Environment Variable binding."
    ]
