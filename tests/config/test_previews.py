from .conftest import Messages


def test_bindings_of_previews_are_checked_like_others(errors: Messages) -> None:
    assert errors({"previews": {"kv_namespaces": [{"id": "x"}], "vars": 1}}) == [
        'The field "previews.vars" should be an object but got 1.\n',
        '"previews.kv_namespaces[0]" bindings should have a string "binding" field'
        ' but got {"id":"x"}.',
    ]


def test_previews_have_to_be_a_table(errors: Messages) -> None:
    assert errors({"previews": []}) == [
        'The field "previews" should be an object but got [].'
    ]


def test_keys_that_previews_cannot_have_are_a_warning(warnings: Messages) -> None:
    assert warnings({"previews": {"name": "x"}}) == [
        'Unexpected fields found in previews field: "name"'
    ]
