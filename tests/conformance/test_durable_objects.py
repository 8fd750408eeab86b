"""Durable Objects as a Worker meets them: ids, calls, turns, resets and alarms."""

import asyncio
from typing import Any

import pytest
from pyodide.ffi import JsException


@pytest.fixture
def stub(env: Any) -> Any:
    return env.COUNTER.getByName("one")


def message(error: "pytest.ExceptionInfo[JsException]") -> str:
    return str(error.value)


class TestIds:
    def test_a_name_always_has_the_same_id(self, env: Any) -> None:
        first, second = env.COUNTER.idFromName("a"), env.COUNTER.idFromName("a")
        assert first.toString() == second.toString()
        assert first.equals(second)
        assert first.name == "a"

    def test_two_proxies_of_one_id_are_not_equal_in_python(self, env: Any) -> None:
        assert env.COUNTER.idFromName("a") != env.COUNTER.idFromName("a")

    def test_an_id_is_64_hex_digits(self, env: Any) -> None:
        digits = env.COUNTER.newUniqueId().toString()
        assert len(bytes.fromhex(digits)) == 32
        assert digits == digits.lower()

    def test_unique_ids_differ_and_have_no_name(self, env: Any) -> None:
        first, second = env.COUNTER.newUniqueId(), env.COUNTER.newUniqueId()
        assert not first.equals(second)
        assert first.name is None

    def test_an_id_from_a_text_has_no_name(self, env: Any) -> None:
        digits = env.COUNTER.idFromName("a").toString()
        found = env.COUNTER.idFromString(digits.upper())
        assert found.toString() == digits
        assert found.name is None

    def test_a_text_that_is_no_id_is_refused(self, env: Any) -> None:
        with pytest.raises(JsException) as error:
            env.COUNTER.idFromString("abc")
        assert (
            message(error)
            == "TypeError: Invalid Durable Object ID: must be 64 hex digits"
        )

    def test_an_id_of_another_class_is_refused(self, env: Any) -> None:
        foreign = env.INITIALIZED.idFromName("a")
        refusal = "TypeError: Durable Object ID is not valid for this namespace."
        with pytest.raises(JsException) as error:
            env.COUNTER.idFromString(foreign.toString())
        assert message(error) == refusal

    async def test_the_object_knows_its_id_and_the_name(self, env: Any) -> None:
        id = env.COUNTER.idFromName("a")
        assert await env.COUNTER.get(id).whoami() == [id.toString(), "a"]

    async def test_the_stub_shows_both(self, stub: Any) -> None:
        assert stub.name == "one"
        assert stub.id.name == "one"


class TestCalls:
    async def test_a_method_is_called_by_its_name(self, stub: Any) -> None:
        assert await stub.increment() == 1
        assert await stub.increment(5) == 6

    async def test_values_arrive_as_the_sdk_converts_them(self, stub: Any) -> None:
        assert await stub.echo({"a": [1, None]}, b"x") == [{"a": [1, None]}, b"x"]

    async def test_arguments_are_copied(self, stub: Any) -> None:
        given = {"list": [1]}
        returned = await stub.echo(given)
        returned["list"].append(2)
        assert given == {"list": [1]}

    async def test_a_tuple_is_refused_at_the_call(self, stub: Any) -> None:
        with pytest.raises(TypeError, match="cannot be sent over RPC"):
            stub.echo((1, 2))

    async def test_an_id_cannot_be_sent(self, env: Any, stub: Any) -> None:
        with pytest.raises(JsException) as error:
            await stub.echo(env.COUNTER.idFromName("a"))
        assert message(error) == (
            'DataCloneError: Could not serialize object of type "DurableObjectId".'
            " This type does not support serialization."
        )

    async def test_32_mib_are_the_most_that_can_be_sent(self, stub: Any) -> None:
        with pytest.raises(JsException) as error:
            await stub.remember("x" * 32 * 1024 * 1024)
        assert message(error).startswith(
            "Error: Serialized RPC arguments or return values are limited to 32MiB, but"
            " the size of this value was: 335544"
        )

    async def test_an_exception_arrives_as_python_error(self, stub: Any) -> None:
        with pytest.raises(JsException) as error:
            await stub.fail()
        assert error.value.name == "PythonError"
        assert error.value.message.startswith("Traceback (most recent call last):\n")
        assert error.value.message.endswith("ValueError: in the method\n")
        assert error.value.remote is True

    async def test_an_uncaught_javascript_error_arrives_as_python_error(
        self, stub: Any
    ) -> None:
        with pytest.raises(JsException) as error:
            await stub.refused_by_storage()
        assert error.value.name == "PythonError"
        assert error.value.message.endswith(
            "pyodide.ffi.JsException: TypeError:"
            " list() cannot be called with both start and startAfter values.\n"
        )
        assert error.value.__cause__.name == "TypeError"

    async def test_an_exception_undoes_nothing(self, stub: Any) -> None:
        with pytest.raises(JsException):
            await stub.fail_after_writing()
        assert await stub.get("written") is True

    async def test_a_method_that_is_not_there_is_an_error(self, stub: Any) -> None:
        with pytest.raises(JsException) as error:
            await stub.nothing()
        assert message(error) == "TypeError: Method nothing does not exist"

    @pytest.mark.parametrize("name", ["alarm", "webSocketMessage", "dup"])
    async def test_handlers_cannot_be_called(self, stub: Any, name: str) -> None:
        with pytest.raises(JsException) as error:
            await getattr(stub, name)()
        assert message(error) == (
            f"TypeError: '{name}' is a reserved method and cannot be called over RPC."
        )

    async def test_a_function_is_called_where_it_came_from(self, stub: Any) -> None:
        called = []
        assert await stub.call_with(lambda x: called.append(x) or x * 2) == 41
        assert called == [20]

    async def test_a_returned_function_can_be_called(self, stub: Any) -> None:
        add = await stub.adder(3)
        assert await add(4) == 7

    async def test_a_kept_function_is_disposed_after_the_call(self, stub: Any) -> None:
        await stub.keep(lambda x: x)
        with pytest.raises(JsException) as error:
            await stub.use_kept()
        assert "JsException: Error: RPC stub used after being disposed." in str(
            error.value
        )

    async def test_a_stub_can_be_sent(self, env: Any, stub: Any) -> None:
        other = env.COUNTER.getByName("other")
        assert (await stub.ask(other))[1] == "other"

    async def test_a_returned_stub_has_no_id(self, stub: Any) -> None:
        returned = await stub.myself()
        assert (await returned.whoami())[1] == "one"
        assert not isinstance(returned.id, str)

    async def test_calls_arrive_in_order(self, env: Any) -> None:
        stubs = [env.COUNTER.getByName("one") for _ in range(20)]
        assert await asyncio.gather(*(s.remember() for s in stubs)) == [*range(1, 21)]

    async def test_objects_are_apart(self, env: Any, stub: Any) -> None:
        await stub.increment()
        assert await env.COUNTER.getByName("two").increment() == 1

    async def test_fetch_gives_a_response(self, stub: Any) -> None:
        answer = await stub.fetch("https://room/a", method="POST", body="hello")
        assert await answer.text() == "POST https://room/a hello"

    async def test_fetch_keeps_status_and_headers(self, stub: Any) -> None:
        answer = await stub.fetch("https://room/missing")
        assert (answer.status, answer.headers["x-seen"]) == (404, "yes")

    async def test_fetch_needs_a_whole_url(self, stub: Any) -> None:
        with pytest.raises(JsException) as error:
            await stub.fetch("/room")
        assert message(error) == "TypeError: Invalid URL: /room"


class TestTurns:
    async def test_waiting_for_storage_lets_nobody_in(self, stub: Any) -> None:
        counts = await asyncio.gather(*(stub.increment() for _ in range(10)))
        assert counts == [*range(1, 11)]

    async def test_a_critical_section_lets_nobody_in(self, stub: Any) -> None:
        counts = await asyncio.gather(*(stub.increment_alone() for _ in range(10)))
        assert counts == [*range(1, 11)]

    async def test_the_synchronous_api_lets_nobody_in(self, stub: Any) -> None:
        counts = await asyncio.gather(*(stub.increment_at_once() for _ in range(10)))
        assert counts == [*range(1, 11)]

    async def test_tasks_of_an_event_obey_the_same_rules(self, stub: Any) -> None:
        assert await stub.add_together() == [1, 1]

    async def test_calls_wait_for_the_constructor(self, env: Any) -> None:
        stub = env.INITIALIZED.getByName("a")
        logs = await asyncio.gather(stub.note("first"), stub.note("second"))
        assert logs[1] == ["constructor", "initialized", "first", "second"]

    async def test_a_handler_that_never_ends_stops_nobody(self, stub: Any) -> None:
        pending = asyncio.ensure_future(stub.never())
        assert await stub.remember() == 1
        assert not pending.done()
        pending.cancel()


class TestResets:
    async def test_an_abort_reaches_the_caller(self, stub: Any) -> None:
        with pytest.raises(JsException) as error:
            await stub.abort()
        assert message(error) == "Error: enough"
        assert error.value.durableObjectReset is True
        assert not hasattr(error.value, "remote")

    async def test_an_abort_without_a_reason_has_a_text(self, stub: Any) -> None:
        with pytest.raises(JsException) as error:
            await stub.abort_after_awaiting()
        assert message(error) == (
            "Error: Application called abort() to reset Durable Object."
        )

    async def test_what_the_turn_wrote_is_lost(self, env: Any, stub: Any) -> None:
        with pytest.raises(JsException):
            await stub.abort()
        assert await env.COUNTER.getByName("one").get("lost") is None

    async def test_what_was_awaited_is_lost_too(self, env: Any, stub: Any) -> None:
        with pytest.raises(JsException):
            await stub.abort_after_awaiting()
        assert await env.COUNTER.getByName("one").get("lost") is None

    async def test_what_was_synchronized_is_kept(self, env: Any, stub: Any) -> None:
        with pytest.raises(JsException):
            await stub.abort_after_synchronizing()
        assert await env.COUNTER.getByName("one").get("kept") == 1

    async def test_memory_is_lost(self, env: Any, stub: Any) -> None:
        await stub.remember()
        with pytest.raises(JsException):
            await stub.abort()
        assert await env.COUNTER.getByName("one").remember() == 1

    async def test_a_stub_that_was_used_stays_broken(self, env: Any, stub: Any) -> None:
        with pytest.raises(JsException):
            await stub.abort()
        for _ in range(2):
            with pytest.raises(JsException) as error:
                await stub.remember()
            assert message(error) == "Error: enough"

    async def test_calls_in_flight_fail_with_the_cause(
        self, env: Any, stub: Any
    ) -> None:
        pending = asyncio.ensure_future(stub.never())
        await env.COUNTER.getByName("one").remember()
        with pytest.raises(JsException):
            await stub.abort()
        with pytest.raises(JsException) as error:
            await pending
        assert message(error) == "Error: enough"

    async def test_an_exception_in_a_critical_section_resets(
        self, env: Any, stub: Any
    ) -> None:
        with pytest.raises(JsException) as error:
            await stub.fail_in_section()
        assert error.value.message.endswith("ValueError: in the section\n")
        assert error.value.durableObjectReset is True
        fresh = env.COUNTER.getByName("one")
        assert await fresh.get("before") == 1
        assert await fresh.get("inside") is None

    async def test_a_violated_constraint_resets(self, env: Any, stub: Any) -> None:
        with pytest.raises(JsException) as error:
            await stub.violate_constraint()
        assert message(error) == (
            "Error: Durable Object was reset and rolled back to its last known good"
            " state because the application left the database in a state where"
            " constraints were violated: FOREIGN KEY constraint failed:"
            " SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_FOREIGNKEY)"
        )
        assert await env.COUNTER.getByName("one").remember() == 1

    async def test_a_constructor_that_raises_fails_every_call(self, env: Any) -> None:
        stub = env.FAILING.getByName("a")
        for _ in range(2):
            with pytest.raises(JsException) as error:
                await stub.answer()
            assert error.value.message.endswith("RuntimeError: in the constructor\n")


class TestAlarms:
    async def test_an_alarm_runs_at_its_time(self, stub: Any) -> None:
        await stub.wake_in(20)
        while not await stub.alarms_seen():
            await asyncio.sleep(0.01)
        assert await stub.alarms_seen() == [{"retries": 0, "is_retry": False}]
