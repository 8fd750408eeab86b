"""The Worker's main module: how it is found, and what is said when it cannot run."""

import sys

import pytest


def fetching(project: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    project.makepyfile(
        """
        async def test_it(cf):
            response = await cf.fetch("/")
            assert await response.text() == "ok"
        """
    )
    return project.runpytest("--asyncio-mode=auto", *arguments)


def write(project: pytest.Pytester, text: str) -> None:
    (project.path / "src" / "entry.py").write_text(text)


WORKER = """
from workers import Response, WorkerEntrypoint

class Default(WorkerEntrypoint):
    async def fetch(self, request):
        return Response("ok")
"""


def test_main_is_imported_without_any_path_setting(project: pytest.Pytester) -> None:
    write(project, WORKER)
    fetching(project).assert_outcomes(passed=1)


def test_vendored_packages_are_found_behind_the_installed_ones(
    project: pytest.Pytester,
) -> None:
    vendored = project.mkdir("python_modules")
    (vendored / "only_vendored.py").write_text("TEXT = 'ok'\n")
    (vendored / "json.py").write_text("raise ImportError('shadowed')\n")
    write(
        project,
        "import json\nfrom only_vendored import TEXT\n"
        + WORKER.replace('"ok"', "json.loads(json.dumps(TEXT))"),
    )
    fetching(project).assert_outcomes(passed=1)


def test_a_main_that_is_not_there_is_told(project: pytest.Pytester) -> None:
    (project.path / "src" / "entry.py").unlink()
    result = fetching(project)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E*WorkerError: wrangler.toml: main is *entry.py*"])


def test_a_main_without_a_default_class_lists_what_it_has(
    project: pytest.Pytester,
) -> None:
    write(project, WORKER.replace("Default", "Api"))
    result = fetching(project)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["E*WorkerError: There is no 'Default' class defined*it exports Api."]
    )


def test_a_class_without_fetch_is_told_as_by_workerd(project: pytest.Pytester) -> None:
    write(project, WORKER.replace("fetch", "serve"))
    result = fetching(project)
    result.stdout.fnmatch_lines(["E*TypeError: Method fetch does not exist"])


def test_another_module_of_the_same_name_is_told(project: pytest.Pytester) -> None:
    write(project, WORKER)
    project.makepyfile(entry="")
    result = fetching(project)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E*main module is *src*entry.py, but 'entry' is *"])


def test_an_error_at_import_shows_the_users_line(project: pytest.Pytester) -> None:
    write(project, "value = 1 / 0\n")
    result = fetching(project)
    result.stdout.fnmatch_lines(["*src?entry.py:1: ZeroDivisionError"])


def test_importing_through_src_gets_the_runtimes_note(project: pytest.Pytester) -> None:
    write(project, "from src.helpers import x\n")
    result = fetching(project, "--import-mode=importlib")
    result.stdout.fnmatch_lines(["*shouldn't include a 'src.' prefix*"])


def test_the_workers_modules_are_forgotten_after_the_session(
    project: pytest.Pytester,
) -> None:
    import sys

    write(project, WORKER + "\nimport beside\n")
    (project.path / "src" / "beside.py").write_text("")
    fetching(project).assert_outcomes(passed=1)
    assert "beside" not in sys.modules


@pytest.mark.parametrize(
    "call", ["env.CACHE.get('k')", "env.CACHE.getWithMetadata('')", "wait_until(1)"]
)
def test_io_at_import_is_refused_as_by_workerd(
    project: pytest.Pytester, call: str
) -> None:
    write(project, f"from workers import env, wait_until\n{call}\n")
    result = fetching(project)
    result.stdout.fnmatch_lines(
        ["E*Error: Disallowed operation called within global scope. Asynchronous I/O*"]
    )


def test_vars_can_be_read_at_import(project: pytest.Pytester) -> None:
    with (project.path / "wrangler.toml").open("a") as file:
        file.write('\n[vars]\nMODE = "ok"\n')
    read = "\nfrom workers import env\nMODE = env.MODE\n"
    write(project, WORKER.replace('"ok"', "MODE") + read)
    fetching(project).assert_outcomes(passed=1)


def test_a_put_at_import_is_refused_when_it_is_awaited(
    project: pytest.Pytester,
) -> None:
    write(
        project,
        "from workers import env\npending = env.CACHE.put('k', 'v')\n" + WORKER,
    )
    project.makepyfile(
        """
        import pytest
        from entry import pending

        async def test_it(env):
            with pytest.raises(Exception, match="within global scope"):
                await pending
            assert await env.CACHE.get("k") is None
        """
    )
    project.runpytest("--asyncio-mode=auto").assert_outcomes(passed=1)


async def test_an_inner_session_has_a_main_module_of_its_own(
    project: pytest.Pytester, env: object
) -> None:
    import entry  # type: ignore[import-not-found]

    project.makepyfile("def test_it(env):\n    import entry\n    entry.Default.cached")
    project.runpytest("-Wignore").assert_outcomes(passed=1)
    assert sys.modules["entry"] is entry


AT_IMPORT = """
import asyncio
import js
from workers import Response, WorkerEntrypoint

loop = asyncio.get_running_loop()
future = asyncio.Future()
fetched = js.fetch("https://api.example/")
refused = []
for make in (
    lambda: Response("x"),
    lambda: js.Request.new("https://x.example", method="POST", body="x"),
    lambda: js.Blob.new().stream(),
    lambda: js.AbortController.new(),
    lambda: js.AbortSignal.timeout(1),
    lambda: js.TransformStream.new(),
    lambda: js.WebSocketPair.new(),
    lambda: Response.redirect("https://x.example"),
    lambda: js.clearTimeout(1),
):
    try:
        make()
    except Exception as error:
        refused.append(str(error))
allowed = [Response(None), js.Blob.new(), js.FormData.new(), js.Headers.new()]

class Default(WorkerEntrypoint):
    async def fetch(self, request):
        await fetched
"""


def test_a_loop_runs_while_a_worker_is_imported(project: pytest.Pytester) -> None:
    write(project, AT_IMPORT)
    project.makepyfile(
        """
        import entry

        def test_it():
            assert entry.loop is entry.future.get_loop()
        """
    )
    project.runpytest("-Wignore").assert_outcomes(passed=1)


def test_io_at_import_is_refused(project: pytest.Pytester) -> None:
    write(project, AT_IMPORT)
    project.makepyfile(
        """
        import entry
        import pytest

        TEXT = (
            "Error: Disallowed operation called within global scope. Asynchronous I/O"
            " (ex: fetch() or connect()), setting a timeout, and generating random"
            " values are not allowed within global scope. To fix this error, perform"
            " this operation within a handler."
            " https://developers.cloudflare.com/workers/runtime-apis/handlers/"
        )

        async def test_it(cf):
            assert entry.refused == [TEXT] * 9
            with pytest.raises(Exception) as caught:
                await cf.fetch("/")
            assert str(caught.value) == TEXT
        """
    )
    project.runpytest("--asyncio-mode=auto", "-Wignore").assert_outcomes(passed=1)
