from typing import Any

import pytest

from .conftest import Messages

DURABLE = {"type": "durable-object", "storage": "sqlite"}
CONSISTENTLY = (
    "A Durable Object and its container must reference each other consistently."
)


@pytest.mark.parametrize(
    ("containers", "exports", "message"),
    [
        (
            [{"name": "c", "class_name": "A"}, {"name": "c", "class_name": "B"}],
            {},
            '"containers" contains more than one container named "c".'
            " Container names must be unique.",
        ),
        (
            [{"name": "c", "class_name": "A"}, {"name": "d", "class_name": "A"}],
            {},
            'More than one container is attached to the Durable Object "A".'
            " A Durable Object can only have one container attached to it.",
        ),
        (
            [{"name": "c"}],
            {"A": {**DURABLE, "container": "c"}, "B": {**DURABLE, "container": "c"}},
            'The container "c" is referenced by more than one Durable Object export'
            " (A, B). A container can only back a single Durable Object.",
        ),
        (
            [{"name": "c"}],
            {},
            'The container "c" is not linked to a Durable Object. Either set'
            ' "containers.class_name", or reference this container from a Durable'
            ' Object\'s `exports` entry via its "container" field.',
        ),
        (
            [{"name": "c", "class_name": "B"}],
            {"A": {**DURABLE, "container": "c"}, "B": DURABLE},
            'The container "c" sets "class_name" to "B", but "exports.A.container"'
            f" references it. {CONSISTENTLY}",
        ),
        (
            [{"name": "c", "class_name": "Z"}],
            {"A": DURABLE},
            'The container "c" sets "class_name" to "Z", but "exports" has no live'
            ' "durable-object" entry for "Z".',
        ),
    ],
)
def test_a_link_that_leads_nowhere_is_refused(
    containers: Any, exports: Any, message: str, errors: Messages
) -> None:
    assert errors({"containers": containers, "exports": exports}) == [message]


def test_containers_of_another_environment_excuse_a_link(errors: Messages) -> None:
    exports = {"A": {**DURABLE, "container": "c"}}
    elsewhere = {"e": {"containers": [{"name": "c"}]}}
    assert errors({"exports": exports, "env": elsewhere}) == []
