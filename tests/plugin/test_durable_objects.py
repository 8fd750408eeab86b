"""Durable Objects in a project: classes that are not there, and tests that end."""

import pytest

WRANGLER = """
name = "rooms"
main = "src/entry.py"
compatibility_date = "2026-07-01"
compatibility_flags = ["python_workers"]
[[durable_objects.bindings]]
name = "ROOM"
class_name = "Room"
[[migrations]]
tag = "v1"
new_sqlite_classes = ["Room"]
"""

ROOM = """
import asyncio
from workers import DurableObject

class Room(DurableObject):
    async def count(self):
        value = (await self.ctx.storage.get("count") or 0) + 1
        await self.ctx.storage.put("count", value)
        return value

    async def forever(self):
        await asyncio.Event().wait()
"""

RAISES = """
from workers import DurableObject

class Room(DurableObject):
    def raises(self):
        raise ValueError("why")

    async def resets(self):
        async def fails():
            raise ValueError("why")

        await self.ctx.blockConcurrencyWhile(fails)
"""


@pytest.fixture
def rooms(project: pytest.Pytester) -> pytest.Pytester:
    """A Worker with a Durable Object class."""
    project.makefile(".toml", wrangler=WRANGLER)
    (project.path / "src" / "entry.py").write_text(ROOM)
    return project


def configure(project: pytest.Pytester, text: str) -> None:
    project.makefile(".toml", wrangler=text)


def test_a_class_that_no_migration_declares_fails_at_its_first_use(
    rooms: pytest.Pytester,
) -> None:
    configure(rooms, WRANGLER.replace('["Room"]', '["Other"]'))
    rooms.makepyfile(
        """
        def test_other(env): pass
        def test_use(env): env.ROOM.idFromName("a")
        """
    )
    result = rooms.runpytest("-Wignore")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*UnusableBinding: Cannot create binding for class 'Room' because it is"
            " not currently configured to implement Durable Objects. Ensure a"
            " --new-class migration has been applied to it. [[]code: 10061]",
            "*No migration of wrangler.toml declares it:*",
        ]
    )


def test_a_class_that_the_main_module_lacks_fails_at_its_first_use(
    rooms: pytest.Pytester,
) -> None:
    configure(rooms, WRANGLER.replace('"Room"', '"Rooom"'))
    rooms.makepyfile(
        """
        def test_other(env): pass
        def test_use(env): env.ROOM.getByName("a")
        """
    )
    result = rooms.runpytest("-Wignore")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*UnusableBinding: Your Worker depends on the following Durable Objects,"
            " which are not exported in your entrypoint file: Rooom.",
            "*You should export these objects from your entrypoint, entry.py."
            " Its Durable Object classes are Room:*",
        ]
    )


def test_a_class_of_another_worker_is_refused(rooms: pytest.Pytester) -> None:
    other = WRANGLER.replace('"Room"\n[', '"Room"\nscript_name = "elsewhere"\n[')
    configure(rooms, other)
    rooms.makepyfile("def test_use(env): env.ROOM.getByName('a')")
    result = rooms.runpytest("-Wignore")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*env.ROOM is a Durable Object namespace of the Worker 'elsewhere'"
            " binding*pytest_cfbindings_provide*"
        ]
    )


EXPORTS = """
from workers import Response, WorkerEntrypoint

class Extra(WorkerEntrypoint):
    pass

class Default(WorkerEntrypoint):
    async def fetch(self, request):
        exports = self.ctx.exports
        if exports is None:
            return Response("none")
        if request.url.endswith("/keys"):
            return Response(" ".join(exports.object_keys()))
        if request.url.endswith("/extra"):
            return Response(await exports.Extra.hello())
        return Response(str(await exports.Room.getByName("a").count()))
"""


def test_exports_have_a_namespace_without_a_binding(rooms: pytest.Pytester) -> None:
    start, _, rest = WRANGLER.partition("[[durable_objects.bindings]]")
    configure(rooms, start + rest[rest.index("[[migrations]]") :])
    (rooms.path / "src" / "entry.py").write_text(ROOM + EXPORTS)
    rooms.makepyfile(
        """
        import pytest

        async def text(cf, path):
            return await (await cf.fetch(path)).text()

        async def test_exports(cf):
            assert await text(cf, "/keys") == "default Extra Room"
            assert [await text(cf, "/") for _ in range(2)] == ["1", "2"]
            with pytest.raises(Exception, match="runs no entrypoint through") as error:
                await text(cf, "/extra")
            assert type(error.value).__name__ == "UnusableBinding"
        """
    )
    rooms.runpytest("--asyncio-mode=auto", "-Wignore").assert_outcomes(passed=1)


def test_there_are_no_exports_before_their_date(rooms: pytest.Pytester) -> None:
    configure(rooms, WRANGLER.replace("2026-07-01", "2025-11-16"))
    (rooms.path / "src" / "entry.py").write_text(ROOM + EXPORTS)
    rooms.makepyfile(
        """
        async def test_none(cf):
            assert await (await cf.fetch("/")).text() == "none"
        """
    )
    rooms.runpytest("--asyncio-mode=auto", "-Wignore").assert_outcomes(passed=1)


def test_objects_are_fresh_for_each_test(rooms: pytest.Pytester) -> None:
    rooms.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("round", range(3))
        async def test_fresh(env, cf, round):
            assert cf.objects(env.ROOM) == []
            assert await env.ROOM.getByName("a").count() == 1
        """
    )
    rooms.runpytest("--asyncio-mode=auto").assert_outcomes(passed=3)


def test_a_call_that_is_still_running_does_not_reach_the_next_test(
    rooms: pytest.Pytester,
) -> None:
    rooms.makepyfile(
        """
        import asyncio, pytest

        pytestmark = pytest.mark.asyncio(loop_scope="module")

        async def test_leaves_one_behind(env):
            asyncio.ensure_future(env.ROOM.getByName("a").forever())
            await asyncio.sleep(0)

        async def test_has_an_object_of_its_own(env):
            assert await env.ROOM.getByName("a").count() == 1
        """
    )
    rooms.runpytest("-Wignore").assert_outcomes(passed=2)


def test_a_task_that_comes_late_finds_storage_closed_and_names_its_test(
    rooms: pytest.Pytester,
) -> None:
    rooms.makepyfile(
        """
        import asyncio, pytest

        pytestmark = pytest.mark.asyncio(loop_scope="module")
        late = []

        async def test_leaves_a_task_behind(env, cf):
            storage = cf.storage(env.ROOM.getByName("a"))
            async def write():
                await asyncio.sleep(0.01)
                await storage.put("count", 1)
            late.append(asyncio.ensure_future(write()))

        async def test_is_not_written_to(env, cf):
            with pytest.raises(Exception) as error:
                await late[0]
            assert "no longer accessible" in str(error.value)
            assert "::test_leaves_a_task_behind, which has ended" in str(error.value)
            assert await env.ROOM.getByName("a").count() == 1
        """
    )
    rooms.runpytest("-Wignore").assert_outcomes(passed=2)


def test_an_alarm_that_goes_off_as_its_test_ends_leaves_nothing_behind(
    rooms: pytest.Pytester,
) -> None:
    rooms.makepyfile(
        """
        import asyncio, gc, pytest
        from time import perf_counter

        @pytest.mark.parametrize("moments", range(6))
        async def test_ends(env, cf, moments):
            await cf.storage(env.ROOM.getByName("a")).setAlarm(1)
            due = perf_counter() + 0.001
            while perf_counter() < due:
                pass
            for _ in range(moments):
                await asyncio.sleep(0)

        def test_nothing_is_left():
            gc.collect()
        """
    )
    (rooms.path / "src" / "entry.py").write_text(
        ROOM + "    async def alarm(self, info): await self.count()\n"
    )
    result = rooms.runpytest(
        "--asyncio-mode=auto",
        "-Werror",
        "-Wignore::pytest_cfbindings.CompatibilityWarning",
    )
    result.assert_outcomes(passed=7)


def test_the_loops_own_task_factory_is_chained_and_restored(
    rooms: pytest.Pytester,
) -> None:
    rooms.makepyfile(
        """
        import asyncio

        async def test_factory(env, cf):
            made = []

            def factory(loop, coroutine, **options):
                made.append(coroutine.__name__)
                return asyncio.Task(coroutine, loop=loop, **options)

            loop = asyncio.get_running_loop()
            loop.set_task_factory(factory)

            async def child(): pass

            async def body(room):
                await asyncio.ensure_future(child())

            await cf.run_in(env.ROOM.getByName("a"), body)
            assert "child" in made
            assert loop.get_task_factory() is factory
            loop.set_task_factory(None)
        """
    )
    rooms.runpytest("--asyncio-mode=auto").assert_outcomes(passed=1)


def test_stubs_can_be_called_from_a_test_that_is_not_async(
    rooms: pytest.Pytester,
) -> None:
    rooms.makepyfile(
        """
        def test_sync(env, cf):
            room = env.ROOM.getByName("a")
            assert [cf.run(room.count()) for _ in range(3)] == [1, 2, 3]
        """
    )
    rooms.runpytest().assert_outcomes(passed=1)


def test_a_stub_may_be_made_but_not_called_in_global_scope(
    rooms: pytest.Pytester,
) -> None:
    (rooms.path / "src" / "entry.py").write_text(
        ROOM
        + "from workers import env, WorkerEntrypoint\n"
        + "stub = env.ROOM.getByName('a')\n"
        + "try:\n    stub.count()\nexcept Exception as e:\n    refusal = str(e)\n"
        + "class Default(WorkerEntrypoint):\n    pass\n"
    )
    rooms.makepyfile(
        """
        async def test_scope(env):
            import entry
            assert "Disallowed operation called within global scope" in entry.refusal
            assert await entry.stub.count() == 1
        """
    )
    rooms.runpytest("--asyncio-mode=auto", "-Wignore").assert_outcomes(passed=1)


def test_objects_work_under_anyio(rooms: pytest.Pytester) -> None:
    rooms.makepyfile(
        """
        import anyio, pytest

        @pytest.fixture
        def anyio_backend(): return "asyncio"

        @pytest.mark.anyio
        async def test_group(env, cf):
            async def body(room):
                async with anyio.create_task_group() as group:
                    for _ in range(3):
                        group.start_soon(room.count)

            await cf.run_in(env.ROOM.getByName("a"), body)
            assert await env.ROOM.getByName("a").count() == 2
        """
    )
    rooms.runpytest("-Wignore", "-p", "no:asyncio").assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("date", "counted"), [("2025-08-14", 1), ("2025-09-28", 1), ("2025-09-29", 10)]
)
def test_on_python_3_12_every_await_ends_the_turn(
    rooms: pytest.Pytester, date: str, counted: int
) -> None:
    configure(rooms, WRANGLER.replace("2026-07-01", date))
    rooms.makepyfile(
        f"""
        import asyncio

        async def test_it(env):
            room = env.ROOM.getByName("a")
            await asyncio.gather(*(room.count() for _ in range(10)))
            assert await room.count() == {counted} + 1

        async def test_it_commits(env, cf):
            room = env.ROOM.getByName("a")

            async def put_and_abort(room, ctx):
                await ctx.storage.put("count", 5)
                await ctx.storage.get("count")
                ctx.abort()

            try:
                await cf.run_in(room, put_and_abort)
            except Exception:
                pass
            kept = await cf.storage(env.ROOM.getByName("a")).get("count")
            assert kept == ({counted} == 1 and 5 or None)
        """
    )
    rooms.runpytest("-Wignore").assert_outcomes(passed=2)


@pytest.mark.parametrize(
    ("date", "flags", "is_whole"),
    [
        ("2026-04-20", "", False),
        ("2026-04-21", "", True),
        ("2026-04-20", ', "enhanced_error_serialization"', True),
        ("2026-07-01", ', "legacy_error_serialization"', False),
    ],
)
def test_the_date_decides_what_is_left_of_an_error(
    rooms: pytest.Pytester, date: str, flags: str, is_whole: bool
) -> None:
    text = WRANGLER.replace("2026-07-01", date)
    configure(rooms, text.replace('"python_workers"', f'"python_workers"{flags}'))
    (rooms.path / "src" / "entry.py").write_text(RAISES)
    name, start = ("PythonError", "") if is_whole else ("Error", "PythonError: ")
    rooms.makepyfile(
        f"""
        import js
        import pytest

        async def test_raised(env):
            with pytest.raises(Exception) as caught:
                await env.ROOM.getByName("a").raises()
            seen = caught.value
            assert seen.name == "{name}"
            assert seen.message.startswith("{start}Traceback (most recent call last)")
            assert seen.message.endswith("ValueError: why\\n")
            assert seen.remote is True

        async def test_reset(env):
            stub = env.ROOM.getByName("a")
            for method in (stub.resets, stub.raises):
                with pytest.raises(Exception) as caught:
                    await method()
                assert caught.value.name == "{name}"
                assert caught.value.durableObjectReset is True

        def test_copied():
            error = js.Object.assign(js.RangeError.new("m"), extra=5, cause="c")
            copy = js.structuredClone(error)
            assert (copy.name, copy.message, copy.cause) == ("RangeError", "m", "c")
            assert hasattr(copy, "extra") is {is_whole}
            copy = js.structuredClone(js.Object.assign(error, name="MyError"))
            assert copy.name == ("MyError" if {is_whole} else "Error")
        """
    )
    rooms.runpytest("-Wignore").assert_outcomes(passed=3)


TASKS = """
import asyncio
from js import WebSocketPair
from workers import DurableObject, Response

class Room(DurableObject):
    async def flush(self, seconds):
        await asyncio.sleep(seconds)

    async def leaves(self, seconds):
        self.task = asyncio.create_task(self.flush(seconds))

    async def ends(self):
        self.task.cancel()

    async def keeps(self):
        self.ctx.waitUntil(asyncio.create_task(self.flush(60)))

    async def reminds(self):
        asyncio.get_running_loop().call_later(60, print)
        await self.ctx.storage.setAlarm(4_000_000_000_000)

    async def waits(self):
        await asyncio.create_task(self.flush(60))

    async def fetch(self, request):
        client, server = WebSocketPair.new().object_values()
        server.accept()
        await self.leaves(60)
        return Response(None, status=101, web_socket=client)
"""


def test_a_task_that_an_object_leaves_running_is_named_by_its_test(
    rooms: pytest.Pytester,
) -> None:
    (rooms.path / "src" / "entry.py").write_text(TASKS)
    rooms.makepyfile(
        """
        import pytest

        async def test_leaves_one(env):
            await env.ROOM.getByName("a").leaves(60)

        def test_leaves_one_in_its_own_loop(env, cf):
            cf.run(env.ROOM.getByName("b").leaves(60))

        @pytest.mark.asyncio(loop_scope="module")
        async def test_leaves_one_in_the_modules_loop(env):
            await env.ROOM.getByName("c").leaves(60)
        """
    )
    result = rooms.runpytest(
        "-Wignore", "-Wdefault::pytest_cfbindings.UnfinishedTaskWarning"
    )
    result.assert_outcomes(passed=3, warnings=3)
    warned = "*UnfinishedTaskWarning: Room.flush (entry.py:*), a task of Room {}, *"
    result.stdout.fnmatch_lines([warned.format(name) for name in "abc"])
    result = rooms.runpytest(
        "-Werror", "-Wignore::pytest_cfbindings.CompatibilityWarning"
    )
    result.assert_outcomes(failed=3)


def test_what_an_object_may_leave_is_no_task_left_running(
    rooms: pytest.Pytester,
) -> None:
    (rooms.path / "src" / "entry.py").write_text(TASKS)
    rooms.makepyfile(
        """
        import asyncio
        import pytest

        @pytest.fixture
        def room(env):
            return env.ROOM.getByName("a")

        async def test_alarms_and_timers(room):
            await room.reminds()

        async def test_waituntil(room):
            await room.keeps()

        async def test_a_task_that_was_cancelled(room):
            await room.leaves(60)
            await room.ends()

        async def test_a_task_that_an_eviction_waits_for(room, cf):
            await room.leaves(0.01)
            await cf.evict(room)

        async def test_a_call_that_was_not_awaited(room):
            asyncio.ensure_future(room.waits())
            await asyncio.sleep(0.01)

        async def test_a_task_of_an_open_connection(room):
            answer = await room.fetch("http://room/", headers={"Upgrade": "websocket"})
            answer.js_object.webSocket.accept()
        """
    )
    result = rooms.runpytest(
        "-Werror", "-Wignore::pytest_cfbindings.CompatibilityWarning"
    )
    result.assert_outcomes(passed=6)
