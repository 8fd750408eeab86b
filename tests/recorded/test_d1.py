"""D1: every recorded case gets the answers that workerd gave."""

from typing import Any

import pytest

from pytest_cfbindings.clock import Clock

from .golden import cases
from .replay import replay
from .values import tags

CASES = cases("d1.json")

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest_cfbindings.IgnoredArgumentWarning"
)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
async def test_answers_as_workerd_did(
    case: dict[str, Any], env: Any, clock: Clock
) -> None:
    if not tags(case["steps"]).isdisjoint(("$undefined", "$map")):
        pytest.skip("no Python value becomes undefined or a Map")
    assert await replay(case, env, clock) == []
