"""Web classes: every recorded question gets the answer that workerd gave."""

import asyncio
from typing import Any

import pytest

from pytest_cfbindings.javascript.conversions import to_string
from pytest_cfbindings.javascript.errors import JsError, JsThrow
from pytest_cfbindings.javascript.objects import JsFunction, JsObject
from pytest_cfbindings.javascript.promises import promise_of
from pytest_cfbindings.javascript.values import undefined

from .golden import cases
from .javascript.prelude import describe
from .javascript.setup import set_up
from .web_differences import REASONS

CASES = cases("web.json")

pytestmark = [
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.usefixtures("env"),
]


def _parameter(case: dict[str, Any]) -> Any:
    why = REASONS.get(case["name"])
    marks = [] if why is None else [pytest.mark.xfail(reason=why, strict=True)]
    return pytest.param(case, id=case["name"], marks=marks)


@pytest.mark.parametrize("case", [_parameter(case) for case in CASES])
async def test_answers_as_workerd_did(case: dict[str, Any]) -> None:
    import js  # type: ignore[import-not-found]

    question = case["javascript"]
    body = question if question.startswith("{ ") else f"{{ return ({question}); }}"
    text = f"globalThis.question = async () => {body}"
    with set_up(js.__js__, text, with_env=False):
        got = await asyncio.wait_for(_answer(js.__js__), 2)
    assert got == case["answer"], question


async def _answer(global_object: JsObject) -> str:
    question = global_object.js_get("question")
    assert isinstance(question, JsFunction)
    try:
        return describe(await promise_of(question.invoke(undefined, ())))
    except JsThrow as thrown:
        reason = thrown.value
        told = to_string(reason) if isinstance(reason, JsError) else describe(reason)
        return f"throws {told}"
