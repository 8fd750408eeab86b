from typing import Any

import pytest

from .conftest import Messages


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (1, '"observability" should be an object but got 1.'),
        (
            {},
            '"observability.enabled" or "observability.logs.enabled" or'
            ' "observability.traces.enabled" or "observability.issues.enabled"'
            " is required.",
        ),
        (
            {"enabled": True, "head_sampling_rate": 2},
            '"observability.head_sampling_rate" must be a value between 0 and 1.',
        ),
        (
            {"logs": {"enabled": True, "persist": 1}},
            'Expected "observability.logs.persist" to be of type boolean but got 1.',
        ),
        (
            {"enabled": True, "traces": {"destinations": 1}},
            'Expected "traces.destinations" to be an array of strings but got 1',
        ),
        (
            {"enabled": True, "issues": 1},
            '"observability.issues" should be an object but got 1.',
        ),
    ],
)
def test_a_wrong_value_is_refused_in_wranglers_words(
    value: Any, message: str, errors: Messages
) -> None:
    assert errors({"observability": value}) == [message]


def test_unknown_keys_of_logs_are_a_warning(warnings: Messages) -> None:
    assert warnings({"observability": {"logs": {"enabled": True, "x": 1}}}) == [
        'Unexpected fields found in observability field: "x"'
    ]
