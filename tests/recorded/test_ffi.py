"""The FFI: every recorded case gets the answers that real Pyodide gave."""

from typing import Any

import pytest

from .ffi_answers import agrees, answer, expected, workers_env
from .ffi_differences import reason
from .golden import cases
from .javascript.setup import set_up

CASES = cases("ffi.json")

# What a case leaves unawaited is its own matter.
pytestmark = [
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.usefixtures("env"),
]


def _parameter(case: dict[str, Any]) -> Any:
    why = reason(case["name"])
    marks = [] if why is None else [pytest.mark.xfail(reason=why, strict=True)]
    return pytest.param(case, id=case["name"], marks=marks)


@pytest.mark.parametrize("case", [_parameter(case) for case in CASES])
async def test_answers_as_pyodide_did(case: dict[str, Any]) -> None:
    import js  # type: ignore[import-not-found]

    with_env = "env" in case["python"] or "env" in case["setup_js"]
    with set_up(js.__js__, case["setup_js"], with_env) as env:
        if env is None:
            got = await answer(case)
        else:
            with workers_env(env):
                got = await answer(case)
    wanted = expected(case)
    assert agrees(got, wanted), f"{case['python']}\nwanted {wanted[0]}\ngot    {got}"
