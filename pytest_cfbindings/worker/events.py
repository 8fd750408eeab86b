"""Events that reach a Worker: what the runtime calls, and with what."""

import json
from collections.abc import Mapping
from inspect import isawaitable
from typing import Any

from ..ffi.crossing import thrown_to_python, to_javascript, to_python
from ..ffi.relaxed_call import relaxed_call
from ..javascript.errors import JsError, JsThrow
from .execution_context import ExecutionContext
from .main_module import default_entrypoint, load_main
from .responses import checked_response
from .runtime import Runtime

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
    from workers import python_from_rpc, python_to_rpc

    assert runtime.active is not None
    cls = default_entrypoint(load_main(runtime.active.config))
    entrypoint = cls(
        to_python(ExecutionContext(runtime.background)), to_python(runtime.env)
    )
    handler = getattr(entrypoint, "fetch", None)
    if not callable(handler):
        raise TypeError("Method fetch does not exist")
    result = relaxed_call(handler, python_from_rpc(request.js_object))
    if isawaitable(result):
        result = await result
    try:
        response = checked_response(to_javascript(python_to_rpc(result)))
    except JsThrow as refused:
        raise to_python(refused.value) from None
    return SdkResponse(to_python(response))


async def settle(runtime: Runtime) -> None:
    """Wait for what handlers left behind. Raises the first error as Python sees it."""
    try:
        await runtime.background.settle()
    except JsThrow as thrown:
        reason = thrown.value
        cause = reason.cause if isinstance(reason, JsError) else None
        raise cause or thrown_to_python(reason) from None
