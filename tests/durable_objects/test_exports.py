"""ctx.exports in an object."""

from typing import Any

from pytest_cfbindings.control import Cf


async def test_an_object_finds_its_own_class_and_others(
    stub: Any, env: Any, cf: Cf
) -> None:
    async def body(_counter: Any, ctx: Any) -> list[Any]:
        namespace = ctx.exports.Counter
        found = namespace.getByName("two")
        return [
            await found.remember(),
            found.id.toString() == env.COUNTER.idFromName("two").toString(),
            namespace.get(ctx.id).name,
        ]

    await env.COUNTER.getByName("two").remember()
    assert await cf.run_in(stub, body) == [2, True, "one"]
