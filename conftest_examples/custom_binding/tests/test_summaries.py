import pytest


async def test_a_text_is_summarised(cf):
    response = await cf.fetch("/", body="KV is eventually consistent")
    assert await response.text() == "KV is eventually"


async def test_a_summary_is_asked_for_once(cf):
    class CountingAI:
        calls = 0

        async def run(self, model, inputs):
            self.calls += 1
            return {"summary": "short"}

    ai = CountingAI()
    cf.provide("AI", ai)
    await cf.fetch("/", body="a text")
    await cf.fetch("/", body="a text")
    assert ai.calls == 1


async def test_an_overloaded_model_is_an_error(cf):
    class OverloadedAI:
        async def run(self, model, inputs):
            raise RuntimeError("3040: Capacity temporarily exceeded")

    cf.provide("AI", OverloadedAI())
    with pytest.raises(Exception, match="Capacity temporarily exceeded"):
        await cf.fetch("/", body="a text")


async def test_a_long_text_is_refused(cf):
    response = await cf.fetch("/", body="x" * 101)
    assert response.status == 413


async def test_a_var_can_be_replaced(cf):
    cf.provide("LONGEST", 3)
    response = await cf.fetch("/", body="four")
    assert response.status == 413
