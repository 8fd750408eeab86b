"""Events that reach a Worker: what the runtime calls, and with what."""

import json
from collections.abc import Iterable, Mapping
from inspect import isawaitable
from typing import Any
from urllib.parse import urlsplit

from ..clock.instants import Instant, to_microseconds
from ..ffi.crossing import thrown_to_python, to_javascript, to_python
from ..io_context import IoContext
from ..javascript.errors import JsError, JsThrow
from ..javascript.objects import JsObject
from ..queues.consumer import QueueController, Verdict
from ..web.hand_over import handed_over
from ..web.request import Request
from ..web.response import Response
from .dispatch import dispatch, end_left_tasks
from .execution_context import ExecutionContext
from .handlers import find_handler
from .loopback import exports_of
from .no_threads import no_threads
from .queues import QueueResult, to_deliver
from .queues import result as outcome
from .responses import checked_response
from .runtime import Runtime
from .schedule import ScheduledController

ORIGIN = "https://example.com"
"""Where a path given to `cf.fetch` is taken to be."""


def make_request(
    target: Any,
    method: str | None,
    headers: Mapping[str, str] | None,
    body: Any,
    json_value: Any,
) -> Any:
    """The SDK's Request for a path, a URL or a Request that is there already."""
    from workers import (  # type: ignore[import-not-found, unused-ignore]
        Request as SdkRequest,
    )

    if isinstance(target, SdkRequest):
        return target
    options: dict[str, Any] = {"method": method or "GET"}
    if json_value is not None:
        body = json.dumps(json_value)
        headers = {"content-type": "application/json", **(headers or {})}
    if body is not None:
        options |= {"method": method or "POST", "body": body}
    if headers:
        options["headers"] = dict(headers)
    url = ORIGIN + target if target.startswith("/") else target
    return SdkRequest(url, **options)


async def fetch(runtime: Runtime, request: Any) -> Any:
    """Have the Worker's default entrypoint answer a request; the SDK's Response.

    What the handler raises reaches the caller as it is. Raises a JavaScript TypeError
    for a result that is no Response.
    """
    from workers import Response as SdkResponse
    from workers import python_to_rpc

    received = Request.js_construct(request.js_object.__js__)
    received.header_list.is_immutable = True

    async def answer(context: IoContext) -> Response:
        if received.stream is not None:
            received.stream.owner = context
        result = await _handled(runtime, "fetch", received)
        response = checked_response(to_javascript(python_to_rpc(result)))
        passed = handed_over(received, response)
        if passed.stream is not None:
            context.still_sends = passed.stream.is_to_come
        return passed

    try:
        path = urlsplit(received.address).path
        response = await dispatch(runtime, f"{received.verb} {path}", answer)
    except JsThrow as refused:
        raise to_python(refused.value) from None
    return SdkResponse(to_python(response))


async def scheduled(runtime: Runtime, cron: str | None, time: Instant | None) -> bool:
    """Have the `scheduled` handler run; whether it may be tried again if it fails.

    Without a cron expression it is the first of the configuration's; without a time
    it is now.
    """
    assert runtime.active is not None
    if cron is None:
        cron = next(iter(runtime.active.config.crons), "* * * * *")
    at_us = runtime.clock.now_us() if time is None else to_microseconds(time)
    controller = ScheduledController(cron, at_us // 1000)

    async def run(_context: IoContext) -> None:
        await _handled(runtime, "scheduled", controller)

    await dispatch(runtime, f"scheduled {cron!r}", run)
    return controller.retries


async def queue(
    runtime: Runtime, name: str, messages: Iterable[Any] | None
) -> QueueResult:
    """Have the `queue` handler consume messages, or those that wait; their result.

    Raises ValueError if the Worker consumes no queue of that name, and if there are
    no messages.
    """
    assert runtime.active is not None
    store = runtime.active.queues.consumed(name)
    batch = store.take(100) if messages is None else to_deliver(store, messages)
    if not batch:
        raise ValueError(f"There are no messages in {name!r}: no batch is ever empty.")
    verdict = Verdict()
    controller = QueueController(store, batch, verdict)

    async def run(_context: IoContext) -> None:
        await _handled(runtime, "queue", controller)

    await dispatch(runtime, f"queue {name!r}", run)
    return outcome(batch, verdict)


async def _handled(runtime: Runtime, event: str, given: JsObject) -> Any:
    """Call the handler with the event, `env` and a new `ctx`, and wait for it."""
    active = runtime.active
    assert active is not None
    ctx = ExecutionContext(
        runtime.background, lambda: exports_of(active.config, active.objects)
    )
    handler = find_handler(active.config, event, ctx, runtime.env)
    no_threads()  # anyio may have come with the Worker's modules.
    result = handler(given, runtime.env, ctx)
    return await result if isawaitable(result) else result


async def settle(runtime: Runtime) -> None:
    """Wait for what handlers left behind, and end the events.

    Raises the first error as Python sees it.
    """
    try:
        await runtime.clock.dispatch("waitUntil", runtime.background.settle())
    except JsThrow as thrown:
        reason = thrown.value
        cause = reason.cause if isinstance(reason, JsError) else None
        raise cause or thrown_to_python(reason) from None
    finally:
        await end_left_tasks(runtime)
