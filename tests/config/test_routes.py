from typing import Any

import pytest

from .conftest import Messages


@pytest.mark.parametrize(
    "route",
    [
        "x.com/*",
        {"pattern": "x.com", "zone_id": "1"},
        {"pattern": "x.com", "custom_domain": True, "enabled": False},
    ],
)
def test_routes_of_these_shapes_are_accepted(route: Any, errors: Messages) -> None:
    assert errors({"route": route}) == []


@pytest.mark.parametrize(
    "route",
    [
        5,
        {"pattern": "x"},
        {"pattern": "x", "zone_id": "1", "zone_name": "n"},
        {"pattern": "x", "enabled": True, "zone_id": "1"},
        {"pattern": "x", "zone_id": "1", "more": 1},
    ],
)
def test_other_routes_are_refused(route: Any, errors: Messages) -> None:
    [message] = errors({"route": route})
    assert message.startswith('Expected "route" to be either a string, or an object')


def test_wrong_routes_of_a_list_are_shown(errors: Messages) -> None:
    [message] = errors({"routes": ["x.com/*", 5]})
    assert message.endswith("but these weren't valid: [\n  5\n].")


def test_route_and_routes_exclude_each_other(errors: Messages) -> None:
    assert errors({"route": "a", "routes": ["b"]}) == [
        'Expected exactly one of the following fields ["routes","route"].'
    ]


def test_an_environment_that_takes_a_custom_domain_away_is_a_warning(
    warnings: Messages,
) -> None:
    routes = [{"pattern": "x.com", "custom_domain": True}]
    [message] = warnings({"routes": routes, "env": {"e": {}}}, env="e")
    assert "which includes the custom domain(s): x.com." in message
