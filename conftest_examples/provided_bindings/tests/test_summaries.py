import pytest
from entry import Default
from workers import Request


async def post(env, text):
    request = Request("https://summaries.example/", method="POST", body=text)
    return await Default(None, env).fetch(request)


async def test_a_text_is_summarised(env):
    response = await post(env, "KV is eventually consistent")
    assert await response.text() == "KV is eventually"


async def test_a_summary_is_asked_for_once(env, cf):
    class CountingAI:
        calls = 0

        async def run(self, model, inputs):
            self.calls += 1
            return {"summary": "short"}

    ai = CountingAI()
    cf.provide("AI", ai)
    await post(env, "a text")
    await post(env, "a text")
    assert ai.calls == 1


async def test_an_overloaded_model_is_an_error(env, cf):
    class OverloadedAI:
        async def run(self, model, inputs):
            raise RuntimeError("3040: Capacity temporarily exceeded")

    cf.provide("AI", OverloadedAI())
    with pytest.raises(Exception, match="Capacity temporarily exceeded"):
        await post(env, "a text")


async def test_a_long_text_is_refused(env):
    response = await post(env, "x" * 101)
    assert response.status == 413


async def test_a_var_can_be_replaced(env, cf):
    cf.provide("LONGEST", 3)
    response = await post(env, "four")
    assert response.status == 413
