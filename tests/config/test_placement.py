from typing import Any

import pytest

from .conftest import Messages


@pytest.mark.parametrize(
    ("placement", "message"),
    [
        ([], 'The field "placement" should be an object but got [].'),
        ({}, '"placement.mode" is a required field.'),
        (
            {"mode": "x"},
            'Expected "placement.mode" field to be one of ["off","smart","targeted"]'
            ' but got "x".',
        ),
        (
            {"mode": "targeted"},
            '"placement.region" or "placement.host" or "placement.hostname"'
            " is required.",
        ),
        (
            {"hint": "a", "mode": "off"},
            '"placement.hint" can only be set when "placement.mode" is "smart"',
        ),
        (
            {"hint": 1, "mode": "smart"},
            '"placement.hint" must be a string when "placement.mode" is "smart"',
        ),
        (
            {"hint": "a", "region": "b"},
            '"placement" cannot have both "hint" (smart format) and'
            ' "region"/"host"/"hostname" (targeted format) fields',
        ),
        ({"region": ""}, '"placement.region" must be a non-empty string.'),
        (
            {"region": "a", "host": "b"},
            '"placement" fields "region", "host" are mutually exclusive.'
            " Only one can be specified.",
        ),
    ],
)
def test_a_wrong_placement_is_refused_in_wranglers_words(
    placement: Any, message: str, errors: Messages
) -> None:
    assert errors({"placement": placement}) == [message]
