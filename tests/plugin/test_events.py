"""Events in a project: what is left open, handlers of old, isolates."""

import pytest

WORKER = """
import asyncio
from workers import Response, WorkerEntrypoint

class Default(WorkerEntrypoint):
    async def fetch(self, request):
        self.ctx.waitUntil(background())
        return Response("ok")

async def background():
    await asyncio.sleep(60)
"""


def write(project: pytest.Pytester, text: str, name: str = "src/entry.py") -> None:
    path = project.path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize(
    "test",
    [
        "async def test_it(cf): await cf.fetch('/page')",
        "def test_it(cf): cf.run(cf.fetch('/page'))",
    ],
)
def test_work_left_open_fails_the_test_and_is_named(
    project: pytest.Pytester, test: str
) -> None:
    write(project, WORKER)
    project.makepyfile(f"{test}\ndef test_next(cf): pass")
    result = project.runpytest("--asyncio-mode=auto")
    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(
        [
            "The test is over, and this was left to ctx.waitUntil and still runs:",
            "  background (entry.py:10), of GET /page",
            "*await cf.settle()*",
        ]
    )


FROZEN = "import pytest\npytestmark = pytest.mark.cfbindings(freeze='2026-01-01')\n"


def test_work_that_waits_for_the_frozen_clock_is_told_to_travel(
    project: pytest.Pytester,
) -> None:
    write(project, WORKER)
    project.makepyfile(
        f"""{FROZEN}
async def test_it(cf):
    await cf.fetch("/page")

def test_so_is_that_of_a_sync_test(cf):
    cf.run(cf.fetch("/page"))

async def test_one_that_travels_passes(cf):
    await cf.fetch("/page")
    await cf.travel(60)
"""
    )
    result = project.runpytest("--asyncio-mode=auto")
    result.assert_outcomes(failed=2, passed=1)
    advice = "It is cancelled now. It waits for the clock, which stands still*cf.travel"
    result.stdout.fnmatch_lines([f"{advice}*await cf.settle()*"] * 2)


def test_work_that_waits_for_something_else_is_not(project: pytest.Pytester) -> None:
    waits = WORKER.replace("asyncio.sleep(60)", "asyncio.Future()")
    write(project, waits)
    project.makepyfile(f"{FROZEN}async def test_it(cf): await cf.fetch('/')")
    result = project.runpytest("--asyncio-mode=auto")
    result.stdout.fnmatch_lines(["*left to ctx.waitUntil*", "It is cancelled now. W*"])
    result.stdout.no_fnmatch_line("*cf.travel*")


def test_a_test_that_fails_shows_its_own_failure(project: pytest.Pytester) -> None:
    write(project, WORKER)
    project.makepyfile(
        "async def test_it(cf):\n    await cf.fetch('/')\n    assert 1 == 2"
    )
    result = project.runpytest("--asyncio-mode=auto")
    result.stdout.fnmatch_lines(["E*assert 1 == 2"])
    result.stdout.no_fnmatch_line("*left to ctx.waitUntil*")


FAILING = """
from workers import Response, WorkerEntrypoint

class Default(WorkerEntrypoint):
    async def fetch(self, request):
        for text in ("too late", "later still"):
            self.ctx.waitUntil(fail(text))
        return Response("ok")

async def fail(text):
    raise LookupError(text)
"""


def test_work_that_failed_is_told_at_the_end(project: pytest.Pytester) -> None:
    write(project, FAILING)
    project.makepyfile("async def test_it(cf): await cf.fetch('/page')")
    result = project.runpytest("--asyncio-mode=auto", "-Wdefault")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(
        [
            "*WaitUntilFailedWarning: What was left to ctx.waitUntil, fail"
            " (entry.py:10), of GET /page, failed: Traceback*",
            "*entry.py*line 11, in fail",
            "*LookupError: too late",
            "*LookupError: later still",
        ]
    )


def test_what_settle_raises_is_not_told_again(project: pytest.Pytester) -> None:
    write(project, FAILING)
    project.makepyfile(
        """
        import pytest

        async def test_it(cf):
            await cf.fetch("/page")
            with pytest.raises(LookupError, match="too late"):
                await cf.settle()
        """
    )
    result = project.runpytest("--asyncio-mode=auto", "-Wdefault")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*LookupError: later still"])
    result.stdout.no_fnmatch_line("*LookupError: too late")


LEGACY = """
from workers import Response

async def on_fetch(request, env):
    assert type(request).__name__ == "JsProxy"
    await env.CACHE.put("page", request.url)
    return Response("old")

def on_scheduled(event):
    seen.append(event.cron)

async def on_queue(batch, env, ctx):
    for message in batch.messages:
        message.retry()

seen = []
"""

LEGACY_TEST = """
from workers import env as module_env

async def test_it(cf, env):
    response = await cf.fetch("/x")
    assert await response.text() == "old"
    assert await env.CACHE.get("page") == "https://example.com/x"

async def test_cron(cf):
    import entry
    await cf.scheduled("* * * * *")
    assert entry.seen == ["* * * * *"]

async def test_queue(cf):
    result = await cf.queue("jobs", ["a"])
    assert len(result.retried) == 1
"""

OLD = """
name = "shop"
main = "src/entry.py"
compatibility_date = "2025-08-01"
compatibility_flags = ["python_workers"{flag}]
kv_namespaces = [{{ binding = "CACHE" }}]
queues = {{ consumers = [{{ queue = "jobs" }}] }}
"""


def test_functions_are_handlers_before_classes_were(project: pytest.Pytester) -> None:
    write(project, LEGACY)
    write(project, OLD.format(flag=""), "wrangler.toml")
    project.makepyfile(LEGACY_TEST)
    project.runpytest("--asyncio-mode=auto").assert_outcomes(passed=3)


def test_functions_are_dead_where_the_flag_says_so(project: pytest.Pytester) -> None:
    write(project, LEGACY)
    write(project, OLD.format(flag=', "python_no_global_handlers"'), "wrangler.toml")
    project.makepyfile(LEGACY_TEST)
    result = project.runpytest("--asyncio-mode=auto")
    result.assert_outcomes(failed=3)
    result.stdout.fnmatch_lines(["*There is no 'Default' class defined*"])


def test_a_later_date_can_have_functions_by_flag(project: pytest.Pytester) -> None:
    write(project, LEGACY)
    settings = OLD.format(flag=', "disable_python_no_global_handlers"')
    write(project, settings.replace("2025-08-01", "2026-07-01"), "wrangler.toml")
    project.makepyfile(LEGACY_TEST)
    project.runpytest("--asyncio-mode=auto").assert_outcomes(passed=3)


OLD_CLASSES = """
from workers import DurableObject, Response, WorkerEntrypoint

class Default(WorkerEntrypoint):
    async def on_fetch(self, request, env, ctx):
        assert (env, ctx) == (None, None)
        return await self.env.ROOM.getByName("one").fetch(request)

class Room(DurableObject):
    async def on_fetch(self, request):
        await self.ctx.storage.setAlarm(1)
        return Response("from the room")

    async def on_alarm(self):
        self.ctx.storage.kv.put("rang", True)

async def on_fetch(request, env):
    return Response("never asked")
"""

OLD_CLASSES_TEST = """
async def test_it(cf, env):
    assert await (await cf.fetch("/")).text() == "from the room"
    await cf.travel(0)
    room = env.ROOM.getByName("one")
    assert await cf.run_in(room, lambda room: room.ctx.storage.kv.get("rang"))
"""

ROOM = """
[[durable_objects.bindings]]
name = "ROOM"
class_name = "Room"
[[migrations]]
tag = "v1"
new_sqlite_classes = ["Room"]
"""


def test_classes_had_other_names_for_handlers_then(project: pytest.Pytester) -> None:
    write(project, OLD_CLASSES)
    write(project, OLD.format(flag="") + ROOM, "wrangler.toml")
    project.makepyfile(OLD_CLASSES_TEST)
    project.runpytest("--asyncio-mode=auto").assert_outcomes(passed=1)


def test_a_function_that_is_not_there_is_named(project: pytest.Pytester) -> None:
    write(project, "def on_scheduled(event): pass")
    write(project, OLD.format(flag=""), "wrangler.toml")
    project.makepyfile("async def test_it(cf): await cf.fetch('/')")
    result = project.runpytest("--asyncio-mode=auto")
    result.stdout.fnmatch_lines(
        [
            'E*Python entrypoint "entry.py" does not export a handler named "on_fetch"',
            "E*It has on_scheduled, and no class 'Default'*",
        ]
    )


COUNTING = """
import sibling
from workers import DurableObject, Response, WorkerEntrypoint

class Default(WorkerEntrypoint):
    async def fetch(self, request):
        sibling.count += 1
        return Response(f"{sibling.NAME} {sibling.count}")
"""


def test_a_fresh_isolate_forgets_the_workers_modules(project: pytest.Pytester) -> None:
    write(project, COUNTING)
    write(project, "NAME = 'first'\ncount = 0\n", "src/sibling.py")
    project.makepyfile(
        """
        async def test_it(cf, env):
            async def answer():
                return await (await cf.fetch("/")).text()

            await env.CACHE.put("kept", "yes")
            assert [await answer(), await answer()] == ["first 1", "first 2"]
            await cf.new_isolate()
            assert await answer() == "first 1"
            assert await env.CACHE.get("kept") == "yes"
        """
    )
    project.runpytest("--asyncio-mode=auto").assert_outcomes(passed=1)


def test_two_workers_of_one_session_keep_their_modules_apart(
    project: pytest.Pytester,
) -> None:
    write(project, COUNTING)
    write(project, "NAME = 'first'\ncount = 0\n", "src/sibling.py")
    write(project, COUNTING, "other/src/entry.py")
    write(project, "NAME = 'second'\ncount = 0\n", "other/src/sibling.py")
    settings = (project.path / "wrangler.toml").read_text()
    write(project, settings, "other/wrangler.toml")
    project.makepyfile(
        """
        import pytest

        class TestFirst:
            async def test_one(self, cf):
                import entry, sibling
                assert sibling.NAME == "first"
                assert await (await cf.fetch("/")).text() == "first 1"

        @pytest.mark.cfbindings(config="other/wrangler.toml")
        async def test_second(cf):
            import entry, sibling
            assert sibling.NAME == "second"
            assert await (await cf.fetch("/")).text() == "second 1"

        class TestFirstAgain:
            async def test_two(self, cf):
                import sibling
                assert sibling.NAME == "first"
                assert await (await cf.fetch("/")).text() == "first 2"
        """
    )
    project.runpytest("--asyncio-mode=auto").assert_outcomes(passed=3)
