"""Going back in time: not in local development, and here when the marker says so."""

from typing import Any

import pytest
from pyodide.ffi import JsException

from pytest_cfbindings.control import Cf


async def go_back(counter: Any, ctx: Any) -> None:
    storage = ctx.storage
    await storage.put("count", 1)
    bookmark = await storage.getCurrentBookmark()
    await storage.put("count", 2)
    await storage.onNextSessionRestoreBookmark(bookmark)
    ctx.abort("back to the bookmark")


async def test_local_development_has_none(stub: Any, cf: Cf) -> None:
    with pytest.raises(JsException, match="does not implement point-in-time recovery"):
        await cf.run_in(stub, go_back)


@pytest.mark.cfbindings(recovery=True)
async def test_the_marker_gives_objects_what_production_has(
    env: Any, stub: Any, cf: Cf
) -> None:
    with pytest.raises(JsException, match="back to the bookmark"):
        await cf.run_in(stub, go_back)
    assert await env.COUNTER.getByName("one").get("count") == 1
