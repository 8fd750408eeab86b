"""One request through a FastAPI Worker: `python benchmarks/fastapi_request.py`.

The figure is a ratio to Starlette's TestClient on the same app, in the same process.
"""

import asyncio
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from run import WRANGLER, NoHooks, async_seconds, report, seconds

from pytest_cfbindings.configurations import Choice
from pytest_cfbindings.control import Cf
from pytest_cfbindings.event_loop import TestLoop
from pytest_cfbindings.session import Session

ENTRY = """
import asgi
from fastapi import FastAPI
from workers import DurableObject, WorkerEntrypoint

app = FastAPI()

@app.get("/items/{id}")
async def item(id: int):
    return {"id": id}

class Default(WorkerEntrypoint):
    async def fetch(self, request):
        return await asgi.fetch(app, request.js_object, self.env, self.ctx)
"""


async def one_request(cf: Cf) -> float:
    """Seconds of a request, its body read."""

    async def request() -> None:
        response = await cf.fetch("/items/7")
        assert await response.json() == {"id": 7}

    await request()
    return await async_seconds(request, 200)


def through_test_client(app: Callable[..., object]) -> float:
    """Seconds of the same request to the same app."""
    from starlette.testclient import TestClient

    with TestClient(app) as client:  # type: ignore[arg-type]

        def request() -> None:
            assert client.get("/items/7").json() == {"id": 7}

        request()
        return seconds(request, 200)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "wrangler.toml")
        path.write_text(WRANGLER.partition("[[durable_objects")[0])
        Path(folder, "entry.py").write_text(ENTRY)
        session = Session(Choice(path, None, Path(folder)), {}, NoHooks())
        session.install()
        session.begin_test(session.configurations.config)
        session.activate(session.configurations.config())
        cf = Cf(session, TestLoop(), session.env(), Path(folder))
        cost = asyncio.run(one_request(cf))
        app = sys.modules["entry"].app
        session.end_test()
        session.uninstall()
        base = through_test_client(app)
        report("a request to a FastAPI Worker", cost, "TestClient", base)


if __name__ == "__main__":
    main()
