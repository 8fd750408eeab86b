from typing import Any

import pytest

from .conftest import Messages

EVENT = {
    "type": "cf.artifacts.repo.created",
    "targets": [{"type": "workflow", "workflow_name": "w"}],
}


@pytest.mark.parametrize(
    ("triggers", "message"),
    [
        ([], 'Expected "triggers" to be of type object but got [].'),
        (5, 'Expected "triggers" to be of type object but got 5.'),
        (
            {"crons": "x"},
            'Expected "triggers.crons" to be of type array, but got {"crons":"x"}.',
        ),
        (
            {"events": [5]},
            'Expected "triggers.events[0]" to be of type object, but got 5.',
        ),
        (
            {"events": [{**EVENT, "type": "x"}]},
            'Expected "triggers.events[0].type" to be a supported Artifacts event type,'
            ' but got "x".',
        ),
        (
            {"events": [{**EVENT, "targets": []}]},
            'Expected "triggers.events[0].targets" to be a non-empty array,'
            " but got [].",
        ),
        (
            {"events": [{**EVENT, "targets": [{"type": "workflow"}]}]},
            'Expected "triggers.events[0].targets[0]" to be a workflow target with a'
            ' non-empty "workflow_name", but got {"type":"workflow"}.',
        ),
        (
            {"events": [{**EVENT, "filter": {"x": 1}}]},
            'Expected "triggers.events[0].filter" to contain only non-empty string'
            ' "namespace" and "repo_name" fields, but got {"x":1}.',
        ),
    ],
)
def test_wrong_triggers_are_refused_in_wranglers_words(
    triggers: Any, message: str, errors: Messages
) -> None:
    assert errors({"triggers": triggers}) == [message]


def test_right_events_are_accepted(errors: Messages) -> None:
    assert errors({"triggers": {"crons": [], "events": [EVENT]}}) == []
