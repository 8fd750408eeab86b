from typing import Any

import pytest

from .conftest import Messages

WORKFLOW = {"binding": "W", "name": "w", "class_name": "W"}
GOT = '{"binding":"W","name":"w","class_name":"W",'


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        (
            {"name": "bad name!"},
            '"workflows[0]" binding "name" field is invalid. Workflow names must be'
            " 1-64 characters long, start with a letter, number, or underscore, and may"
            " only contain letters, numbers, underscores, or hyphens.",
        ),
        (
            {"schedules": ""},
            '"workflows[0]" bindings "schedules" field must not be an empty string.',
        ),
        (
            {"schedules": []},
            '"workflows[0]" bindings "schedules" field must not be an empty array.',
        ),
        (
            {"schedules": ["a", ""]},
            '"workflows[0]" bindings "schedules" field must not contain empty strings.',
        ),
        (
            {"limits": 1},
            '"workflows[0]" bindings should, optionally, have an object "limits" field'
            f' but got {GOT}"limits":1}}.',
        ),
        (
            {"limits": {"steps": 0}},
            '"workflows[0]" bindings "limits.steps" field must be a positive integer'
            " but got 0.",
        ),
        (
            {"concurrency": {"limit": 1.5}},
            '"workflows[0]" bindings "concurrency.limit" field must be a positive'
            " integer but got 1.5.",
        ),
        (
            {"default_retention": {"error_retention": ""}},
            '"workflows[0]" bindings "default_retention.error_retention" field must be'
            " a positive integer of milliseconds or a duration string such as"
            ' "3 days", but got "".',
        ),
        (
            {"jurisdiction": "mars"},
            '"workflows[0]" bindings "jurisdiction" field must be one of "eu",'
            ' "fedramp", or "us", but got "mars".',
        ),
    ],
)
def test_a_wrong_workflow_is_refused_in_wranglers_words(
    extra: dict[str, Any], message: str, errors: Messages
) -> None:
    assert errors({"workflows": [{**WORKFLOW, **extra}]}) == [message]


def test_two_workflows_may_not_share_a_name(errors: Messages) -> None:
    assert errors({"workflows": [WORKFLOW, {**WORKFLOW, "binding": "X"}]}) == [
        '"workflows" bindings must have unique "name" values; duplicate(s) found: "w"'
    ]


def test_more_steps_than_production_allows_are_a_warning(warnings: Messages) -> None:
    [message] = warnings({"workflows": [{**WORKFLOW, "limits": {"steps": 30_000}}]})
    assert message.startswith('"workflows[0]" has a step limit of 30000, which exceeds')
