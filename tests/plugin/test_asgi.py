"""ASGI apps through the SDK's `asgi`: FastAPI and Starlette."""

import pytest

pytest.importorskip("fastapi")

WORKER = """
import asyncio
import threading

import asgi
from fastapi import BackgroundTasks, Depends, FastAPI, Request
from starlette.responses import StreamingResponse
from workers import WorkerEntrypoint

app = FastAPI()
done = []

@app.get("/env")
async def read(request: Request):
    return {"page": await request.scope["env"].CACHE.get("page")}

def thread_name():
    return threading.current_thread().name

@app.get("/sync")
def sync(name: str = Depends(thread_name)):
    return [name, thread_name()]

@app.get("/stream")
async def stream():
    async def parts():
        for number in range(3):
            await asyncio.sleep(0)
            yield f"{number},"
    return StreamingResponse(parts(), media_type="text/plain")

@app.post("/echo")
async def echo(request: Request):
    return {"body": (await request.body()).decode(), "type": request.headers["x-a"]}

@app.get("/background")
async def background(tasks: BackgroundTasks):
    tasks.add_task(done.append, "ran")
    return "ok"

@app.get("/fails")
async def fails():
    raise LookupError("broken")

class Default(WorkerEntrypoint):
    async def fetch(self, request):
        return await asgi.fetch(app, request.js_object, self.env, self.ctx)
"""


@pytest.fixture
def fastapi(project: pytest.Pytester) -> pytest.Pytester:
    (project.path / "src" / "entry.py").write_text(WORKER)
    return project


def run(project: pytest.Pytester, test: str) -> None:
    project.makepyfile(test)
    ignored = "ignore::pytest_cfbindings.CompatibilityWarning"
    result = project.runpytest("--asyncio-mode=auto", "-Werror", f"-W{ignored}")
    result.assert_outcomes(passed=1)


def test_the_app_has_the_workers_env(fastapi: pytest.Pytester) -> None:
    run(
        fastapi,
        """
        async def test_it(cf, env):
            await env.CACHE.put("page", "hello")
            assert await (await cf.fetch("/env")).json() == {"page": "hello"}
        """,
    )


def test_plain_functions_run_in_the_one_thread(fastapi: pytest.Pytester) -> None:
    run(
        fastapi,
        """
        import threading

        async def test_it(cf):
            here = threading.current_thread().name
            assert await (await cf.fetch("/sync")).json() == [here, here]
        """,
    )


def test_a_response_can_be_streamed(fastapi: pytest.Pytester) -> None:
    run(
        fastapi,
        """
        async def test_it(cf):
            response = await cf.fetch("/stream")
            assert await response.text() == "0,1,2,"
            await cf.settle()
        """,
    )


def test_a_body_and_headers_reach_the_app(fastapi: pytest.Pytester) -> None:
    run(
        fastapi,
        """
        async def test_it(cf):
            response = await cf.fetch("/echo", body="text", headers={"X-A": "1"})
            assert await response.json() == {"body": "text", "type": "1"}
        """,
    )


def test_background_tasks_run(fastapi: pytest.Pytester) -> None:
    run(
        fastapi,
        """
        async def test_it(cf):
            await cf.fetch("/background")
            await cf.settle()
            import entry
            assert entry.done == ["ran"]
        """,
    )


def test_what_an_app_raises_is_its_frameworks_answer(
    fastapi: pytest.Pytester,
) -> None:
    run(
        fastapi,
        """
        async def test_it(cf):
            response = await cf.fetch("/fails")
            assert response.status == 500
            assert await response.text() == "Internal Server Error"
            await cf.settle()
        """,
    )
