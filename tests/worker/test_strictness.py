"""Where production ends or refuses what plain Python would let pass."""

import asyncio
import threading
from typing import Any

import pytest
from pyodide.ffi import JsException
from workers import Response

from pytest_cfbindings import Cf, UnfinishedTaskWarning


def kept() -> dict[str, Any]:
    import handlers  # type: ignore[import-not-found]

    found: dict[str, Any] = handlers.kept
    return found


async def test_a_task_left_running_is_cancelled_and_named(cf: Cf) -> None:
    with pytest.warns(
        UnfinishedTaskWarning,
        match=r"GET /leaves_a_task returned while _forever \(handlers\.py:\d+\)",
    ):
        await cf.fetch("/leaves_a_task")
    assert kept()["task"].cancelled()


async def test_a_task_under_wait_until_goes_on(cf: Cf) -> None:
    await cf.fetch("/task_under_wait_until")
    await cf.settle()
    assert kept()["result"] == "soon"


async def test_a_task_ends_with_what_was_left_to_wait_until(cf: Cf) -> None:
    await cf.fetch("/task_outlives_wait_until")
    with pytest.warns(UnfinishedTaskWarning, match="_forever"):
        await cf.settle()
    assert kept()["task"].cancelled()


async def test_a_body_that_is_still_sent_keeps_its_event_open(cf: Cf) -> None:
    response = await cf.fetch("/pumps")
    assert await response.text() == "one,two"
    await cf.settle()
    assert kept()["pump"].done()


async def test_a_body_of_one_event_is_refused_to_another(cf: Cf) -> None:
    await cf.fetch("/keeps_a_body", method="POST", body="abc")
    for path in ("/reads_what_was_kept", "/reads_the_request_kept"):
        with pytest.raises(JsException) as caught:
            await cf.fetch(path)
        assert str(caught.value) == (
            "Error: Cannot perform I/O on behalf of a different request. I/O objects"
            " (such as streams, request/response bodies, and others) created in the"
            " context of one request handler cannot be accessed from a different"
            " request's handler. This is a limitation of Cloudflare Workers which"
            " allows us to improve overall performance."
            " (I/O type: ReadableStreamSource)"
        )


async def test_a_stream_made_of_values_belongs_to_no_event(cf: Cf) -> None:
    await cf.fetch("/keeps_a_body", method="POST", body="abc")
    response = await cf.fetch("/reads_the_stream_kept")
    assert await response.text() == "made here"


async def test_events_may_run_side_by_side(cf: Cf) -> None:
    answers = await asyncio.gather(*(cf.fetch("/anyio_thread") for _ in range(3)))
    assert [answer.status for answer in answers] == [200] * 3


@pytest.mark.parametrize("path", ["/starts_a_thread", "/asks_an_executor"])
async def test_a_thread_cannot_be_started(cf: Cf, path: str) -> None:
    with pytest.raises(RuntimeError, match="can't start new thread"):
        await cf.fetch(path)


async def test_the_test_itself_may_have_threads(cf: Cf) -> None:
    await cf.fetch("/")
    name = await asyncio.to_thread(lambda: threading.current_thread().name)
    assert name != threading.current_thread().name


@pytest.mark.parametrize("path", ["/anyio_thread", "/to_thread"])
async def test_asyncios_and_anyios_threads_run_inline(cf: Cf, path: str) -> None:
    response = await cf.fetch(path)
    assert await response.text() == threading.current_thread().name


async def test_passing_through_hides_no_error_from_the_test(cf: Cf) -> None:
    with pytest.raises(ValueError, match="passed through"):
        await cf.fetch("/passes_through")


async def test_what_an_event_received_is_its_own(cf: Cf, env: Any) -> None:
    cf.outbound(lambda request: Response("fetched"))
    cf.provide("SVC", lambda request: Response("from a service"))
    await env.KV.put("k", "v")
    await env.BUCKET.put("k", "v")
    await cf.fetch("/keeps_what_it_received")
    received = kept()["received"]
    for name in received:
        with pytest.raises(JsException, match=r"I/O type: ReadableStreamSource"):
            await cf.fetch(f"/reads_what_it_received?{name}")
    assert list(received) == ["fetched", "service", "object", "kv", "r2"]


async def test_what_an_event_received_can_be_kept_as_bytes(cf: Cf) -> None:
    cf.outbound(lambda request: Response("fetched"))
    await cf.fetch("/keeps_bytes_it_received")
    response = await cf.fetch("/reads_bytes_it_received")
    assert await response.text() == "fetched"


async def test_a_received_response_can_be_passed_on(cf: Cf) -> None:
    cf.outbound(lambda request: Response("fetched", headers={"x-from": "there"}))
    response = await cf.fetch("/passes_on")
    assert (await response.text(), response.headers["x-from"]) == ("fetched", "there")


async def test_headers_of_somebody_elses_message_cannot_be_changed(cf: Cf) -> None:
    cf.outbound(lambda request: Response("fetched"))
    response = await cf.fetch("/changes_headers")
    refused = "TypeError: Can't modify immutable headers."
    assert await response.json() == {"request": refused, "response": refused}


async def test_a_program_fills_its_body_as_the_event_that_made_it(cf: Cf) -> None:
    cf.provide("SVC", cf.fetch)
    response = await cf.fetch("/asks_itself", method="POST", body="from outside")
    assert await response.text() == "from outside"


async def test_a_body_that_was_read_cannot_be_returned(cf: Cf) -> None:
    with pytest.raises(JsException, match="TypeError: Body has already been used"):
        await cf.fetch("/returns_a_used_body")


async def test_a_body_of_r2_streams_into_a_response(cf: Cf, env: Any) -> None:
    await env.BUCKET.put("k", "from the bucket")
    response = await cf.fetch("/streams_an_object")
    assert await response.text() == "from the bucket"


async def test_unread_bodies_harm_nothing(cf: Cf, env: Any) -> None:
    cf.outbound(lambda request: Response("never read"))
    await env.BUCKET.put("k", "never read")
    response = await cf.fetch("/reads_nothing", method="POST", body="never read")
    assert response.status == 200


async def test_a_socket_of_one_event_is_refused_to_another(cf: Cf) -> None:
    await cf.fetch("/keeps_a_socket")
    with pytest.raises(JsException, match=r"different request.*\(I/O type: Native\)"):
        await cf.fetch("/uses_the_socket_kept")
