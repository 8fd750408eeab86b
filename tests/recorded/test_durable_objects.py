"""Durable Objects: every recorded case gets the answers that workerd gave."""

from typing import Any

import pytest

from pytest_cfbindings.clock import Clock
from pytest_cfbindings.control import Cf

from .golden import cases
from .object_differences import reason
from .object_replay import replay_inside, replay_outside
from .replay import portable

CASES = cases("durable_objects.json")

pytestmark = [
    pytest.mark.cfbindings(config="objects/wrangler.toml"),
    pytest.mark.filterwarnings("ignore::pytest_cfbindings.IgnoredArgumentWarning"),
]


def _parameter(case: dict[str, Any]) -> Any:
    why = reason(case["name"])
    marks = [] if why is None else [pytest.mark.xfail(reason=why, strict=True)]
    return pytest.param(case, id=case["name"], marks=marks)


@pytest.mark.parametrize("case", [_parameter(case) for case in CASES])
async def test_answers_as_workerd_did(
    case: dict[str, Any], env: Any, cf: Cf, clock: Clock
) -> None:
    if not portable(case):
        pytest.skip("an explicit undefined argument has no Python spelling")
    if "object" in case:
        assert await replay_inside(case, env, cf, clock) == []
    else:
        assert await replay_outside(case, env, clock) == []
