"""R2: every recorded case gets the answers of workerd, or production's where known."""

import json
from typing import Any

import pytest

from pytest_cfbindings.active_session import SESSION
from pytest_cfbindings.clock import Clock

from .golden import cases, folder
from .replay import portable, replay

CASES = cases("r2.json")
DIVERGENT = json.loads((folder() / "r2.json").read_text(encoding="utf-8"))["divergent"]

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest_cfbindings.IgnoredArgumentWarning"
)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
async def test_answers_as_workerd_did(
    case: dict[str, Any], env: Any, clock: Clock
) -> None:
    if not portable(case):
        pytest.skip("an explicit undefined argument has no Python spelling")
    assert await replay(case, env, clock) == []


@pytest.mark.parametrize("case", DIVERGENT, ids=[case["name"] for case in DIVERGENT])
async def test_answers_as_production_does(
    request: pytest.FixtureRequest, case: dict[str, Any], env: Any, clock: Clock
) -> None:
    known = case["production"] or case["results"]
    if request.config.stash[SESSION].choice.on_workerd:
        known = case["results"]
    assert await replay({**case, "results": known}, env, clock) == []
