"""Queue consumers: `cf.queue`, and what producers sent: `cf.sent`."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pyodide.ffi import JsException

from pytest_cfbindings import Cf, Message
from pytest_cfbindings.javascript.errors import JsError, JsThrow
from pytest_cfbindings.queues.consumer import QueueMessage, Verdict


def seen() -> list[Any]:
    import handlers  # type: ignore[import-not-found]

    found: list[Any] = handlers.seen
    return found


async def deliver(cf: Cf, *actions: str) -> tuple[list[str], dict[str, Any]]:
    """Which actions were acknowledged, and the delay of those to retry."""
    messages = [Message(action, id=action) for action in actions]
    result = await cf.queue("jobs", messages)
    return list(result.acked), result.retried


async def test_bodies_are_delivered_as_json(cf: Cf) -> None:
    result = await cf.queue("jobs", [{"a": [1, None]}, "text"])
    assert seen()[-2:] == [("jobs", {"a": [1, None]}, 1), ("jobs", "text", 1)]
    assert len(result.acked) == 2


async def test_a_message_may_say_more(cf: Cf) -> None:
    moment = datetime(2026, 1, 2, tzinfo=UTC)
    message = Message(b"\x01", "bytes", attempts=3, timestamp=moment)
    await cf.queue("jobs", [message])
    queue, body, attempts = seen()[-1]
    assert (queue, bytes(body), attempts) == ("jobs", b"\x01", 3)


@pytest.mark.usefixtures("far_from_utc")
@pytest.mark.parametrize("zone", [UTC, None], ids=["aware", "naive"])
async def test_its_time_is_in_utc_if_it_says_nothing_else(cf: Cf, zone: Any) -> None:
    import handlers

    await cf.queue("jobs", [Message("x", timestamp=datetime(2026, 1, 2, tzinfo=zone))])
    assert handlers.kept["sent at"] == 1767312000


async def test_silence_is_an_acknowledgement(cf: Cf) -> None:
    assert await deliver(cf, "nothing", "ack") == (["nothing", "ack"], {})


async def test_a_message_can_be_retried_with_a_delay(cf: Cf) -> None:
    acked, retried = await deliver(cf, "retry", "retry later", "ack")
    assert acked == ["ack"]
    assert retried == {"retry": None, "retry later": 30}


async def test_the_first_word_on_a_message_counts(
    cf: Cf, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await deliver(cf, "both") == (["both"], {})
    assert capsys.readouterr().err == (
        "Received a call to retry() on message both after ack() was already called."
        " Calling retry() on a message after calling ack() has no effect.\n"
    )


async def test_a_later_retry_may_name_another_delay(cf: Cf) -> None:
    _, retried = await deliver(cf, "retry twice", "retry all later", "retry later")
    assert retried == {"retry twice": 3, "retry all later": 5, "retry later": 30}


@pytest.mark.parametrize("delay", [-1, 86_401])
async def test_a_delay_no_queue_has_is_refused(cf: Cf, delay: int) -> None:
    with pytest.raises(JsException) as caught:
        await cf.queue("jobs", [Message({"delay": delay}, id="one")])
    assert str(caught.value) == (
        f"Error: Queue retry failed: message delay of {delay} seconds is invalid: it"
        " must be between 0 and 86400"
    )


@pytest.mark.parametrize("first", ["ack all", "retry all"])
async def test_what_was_said_of_all_cannot_be_taken_back(
    cf: Cf, capsys: pytest.CaptureFixture[str], first: str
) -> None:
    acked, retried = await deliver(cf, first, "ack all", "retry all")
    assert (acked == []) == (first == "retry all")
    assert (retried == {}) == (first == "ack all")
    assert "All() after calling" in capsys.readouterr().err


async def test_retry_all_spares_what_was_acknowledged(cf: Cf) -> None:
    acked, retried = await deliver(cf, "ack", "retry all", "nothing", "ack all")
    assert acked == ["ack"]
    assert list(retried) == ["retry all", "nothing", "ack all"]


async def test_ack_all_spares_what_is_to_be_retried(cf: Cf) -> None:
    acked, retried = await deliver(cf, "retry", "ack all", "retry all")
    assert acked == ["ack all", "retry all"]
    assert list(retried) == ["retry"]


def test_a_message_can_be_read_and_not_changed(cf: Cf, env: Any) -> None:
    cf.run(env.QUEUE.send("a"))
    [stored] = env.QUEUE._binding.__js__.store.sent
    message = QueueMessage(stored, Verdict())
    with pytest.raises(JsThrow) as caught:
        message.js_set("body", "other")
    assert isinstance(caught.value.value, JsError)
    assert caught.value.value.message == (
        "Cannot assign to read only property 'body' of object '#<QueueMessage>'"
    )
    message.js_set("note", "mine")
    assert message.js_get("note") == "mine"


async def test_what_the_handler_raises_reaches_the_test(cf: Cf) -> None:
    with pytest.raises(LookupError, match="cannot handle it") as caught:
        await cf.queue("jobs", ["fail"])
    assert caught.traceback[-1].name == "queue"


async def test_a_queue_that_the_worker_does_not_consume_is_refused(cf: Cf) -> None:
    with pytest.raises(ValueError, match=r"no consumer of a queue 'slow'.*'jobs'"):
        await cf.queue("slow", ["x"])


async def test_an_empty_batch_is_refused(cf: Cf) -> None:
    with pytest.raises(ValueError, match="no batch is ever empty"):
        await cf.queue("jobs")


async def test_what_was_sent_can_be_read(cf: Cf, env: Any) -> None:
    await cf.fetch("/enqueues")
    assert [message.body for message in cf.sent(env.QUEUE)] == [
        {"job": 1},
        "ack",
        "retry",
    ]
    assert cf.sent(env.SLOW) == []


async def test_what_waits_is_delivered_once(cf: Cf) -> None:
    await cf.fetch("/enqueues")
    result = await cf.queue("jobs")
    assert [body for _, body, _ in seen()[-3:]] == [{"job": 1}, "ack", "retry"]
    assert len(result.acked) == 2
    with pytest.raises(ValueError, match="no messages"):
        await cf.queue("jobs")


async def test_what_was_sent_can_be_delivered_by_hand(cf: Cf, env: Any) -> None:
    await env.QUEUE.send("ack")
    [message] = cf.sent(env.QUEUE)
    assert (await cf.queue("jobs", [message])).acked == (message.id,)


def test_a_delay_is_the_messages_or_the_batchs(cf: Cf, env: Any) -> None:
    cf.run(env.QUEUE.send("a", delaySeconds=5))
    cf.run(env.QUEUE.send("b"))
    batch = [{"body": "c", "delaySeconds": 0}, {"body": "d"}]
    cf.run(env.QUEUE.sendBatch(batch, delaySeconds=2))
    assert [each.delay_seconds for each in cf.sent(env.QUEUE)] == [5, None, 0, 2]


def test_messages_are_gone_after_the_test_or_a_reset(cf: Cf, env: Any) -> None:
    cf.run(env.QUEUE.send("a"))
    cf.reset()
    assert cf.sent(env.QUEUE) == []


def test_a_send_answers_with_the_backlog(cf: Cf, env: Any) -> None:
    answer = cf.run(env.QUEUE.send("four"))
    assert answer["metadata"]["metrics"]["backlogCount"] == 1
    assert cf.run(env.QUEUE.metrics())["backlogBytes"] == 6


def test_sent_takes_a_queue(cf: Cf, env: Any) -> None:
    with pytest.raises(TypeError, match=r"cf\.sent\(\) takes a queue's binding"):
        cf.sent(env.KV)


@pytest.mark.parametrize(
    ("body", "options", "text"),
    [
        (
            {"a": 1},
            {"contentType": "text"},
            'TypeError: Content Type "text" requires a value of type string, but'
            " received: object",
        ),
        (
            "a",
            {"contentType": "bytes"},
            'TypeError: Content Type "bytes" requires a value of type ArrayBufferView,'
            " but received: string",
        ),
        (
            "a",
            {"contentType": "xml"},
            "TypeError: Unsupported queue message content type: xml",
        ),
        (
            "x" * 128_001,
            {"contentType": "text"},
            "Error: Queue send failed: message length of 128001 bytes exceeds limit of"
            " 128000",
        ),
        (
            "a",
            {"delaySeconds": 86_401},
            "Error: Queue send failed: message delay of 86401 seconds is invalid: it"
            " must be between 0 and 86400",
        ),
    ],
)
def test_what_cannot_be_sent_is_refused(
    cf: Cf, env: Any, body: object, options: dict[str, object], text: str
) -> None:
    with pytest.raises(JsException) as caught:
        cf.run(env.QUEUE.send(body, **options))
    assert str(caught.value) == text
    assert cf.sent(env.QUEUE) == []


@pytest.mark.parametrize(
    ("batch", "text"),
    [
        ([], "TypeError: sendBatch() requires at least one message"),
        ([{}], "TypeError: Message body cannot be undefined"),
        (
            ["a"],
            "TypeError: Incorrect type: the provided value is not of type"
            " 'MessageSendRequest'.",
        ),
        (
            "a",
            "TypeError: Failed to execute 'sendBatch' on 'WorkerQueue': parameter 1 is"
            " not of type 'Sequence'.",
        ),
        (
            [{"body": 1}] * 101,
            "Error: Queue send failed: batch message count of 101 exceeds limit of 100",
        ),
        (
            [{"body": "x" * 100_000, "contentType": "text"}] * 3,
            "Error: Queue send failed: batch size of 300000 bytes exceeds limit of"
            " 256000",
        ),
    ],
)
def test_a_batch_that_cannot_be_sent_is_refused_whole(
    cf: Cf, env: Any, batch: Any, text: str
) -> None:
    with pytest.raises(JsException) as caught:
        cf.run(env.QUEUE.sendBatch(batch))
    assert str(caught.value) == text
    assert cf.sent(env.QUEUE) == []


def test_the_largest_message_and_batch_are_sent(cf: Cf, env: Any) -> None:
    large = {"body": "x" * 128_000, "contentType": "text"}
    cf.run(env.QUEUE.sendBatch([large, large]))
    cf.run(env.QUEUE.sendBatch([{"body": 1}] * 100))
    assert len(cf.sent(env.QUEUE)) == 102


def test_none_is_sent_as_null(cf: Cf, env: Any) -> None:
    cf.run(env.QUEUE.send(None))
    assert [message.body for message in cf.sent(env.QUEUE)] == [None]
