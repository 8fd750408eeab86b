from .conftest import Messages


def test_a_pipeline_needs_a_stream(errors: Messages) -> None:
    assert errors({"pipelines": [{"binding": "P"}]}) == [
        '"pipelines[0]" bindings must have a string "stream" field'
        ' but got {"binding":"P"}.'
    ]


def test_the_older_name_of_a_stream_is_deprecated(warnings: Messages) -> None:
    assert warnings({"pipelines": [{"binding": "P", "pipeline": "p"}]}) == [
        'The "pipeline" field in "pipelines[0]" bindings is deprecated.'
        ' Use "stream" instead.'
    ]


def test_k2_is_always_remote(errors: Messages) -> None:
    entry = {"binding": "K", "stream": "s", "remote": False}
    assert errors({"k2": [entry]}) == [
        '"k2[0]" does not support `remote: false`. K2 bindings always access remote'
        ' resources; omit "remote" or set `remote: true`.'
    ]
