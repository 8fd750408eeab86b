"""Outgoing requests: refused, unless the test says who answers them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from inspect import isawaitable
from typing import Any

from ..ffi.crossing import to_javascript, to_python
from ..global_scope import GlobalScope
from ..io_context import CURRENT, IoContext
from ..javascript.arguments import wrong_parameter
from ..javascript.errors import JsError, JsThrow, type_error
from ..javascript.promises import JsPromise
from ..web.abort import AbortSignal
from ..web.hand_over import handed_over
from ..web.headers import Headers
from ..web.readable_streams import ReadableStream
from ..web.request import Request
from ..web.response import NULL_BODY, REDIRECTS, Response, default_phrase
from ..web.socket_end import SocketEnd
from ..web.urls import parse_url
from .responses import checked_response

MOST_REDIRECTS = 20
_DECODED = ("content-encoding", "content-length", "transfer-encoding")

Answer = Callable[[Request], Awaitable[Response]]


class Outbound:
    """The global `fetch`, and who answers it in this test."""

    def __init__(self, scope: GlobalScope) -> None:
        self._scope = scope
        self._answer: Answer | None = None

    def __repr__(self) -> str:
        return f"<Outbound {'blocked' if self._answer is None else 'answered'}>"

    def answer_with(self, target: Any) -> None:
        """Have a handler or an httpx transport answer. Raises TypeError for others."""
        self._answer = _answer_of(target)

    def reset(self) -> None:
        """Refuse everything again."""
        self._answer = None

    def fetch(self, *arguments: object) -> JsPromise:
        """fetch(url or Request, options)."""
        try:
            self._scope.check()
        except JsThrow as refused:
            return JsPromise.failed(refused)
        if not arguments:
            missing = wrong_parameter(
                "fetch", "ServiceWorkerGlobalScope", 1, "Request or string"
            )
            return JsPromise.failed(missing)
        try:
            request = Request.js_construct(*arguments)
        except JsThrow as refused:
            return JsPromise.failed(refused)
        if not request.address.startswith(("http:", "https:")):
            scheme = type_error(f"Fetch API cannot load: {request.address}")
            return JsPromise.failed(scheme)
        from ..durable_objects.strands import send_outside

        return send_outside(partial(self._owned, request, CURRENT.get()))

    async def dial(self, url: str, protocols: list[str]) -> SocketEnd:
        """Ask for the WebSocket at a `ws:` or `wss:` URL, with an upgrade request.

        Raises a JavaScript Error if nobody answers, or not with a WebSocket.
        """
        request = Request(url.replace("ws", "http", 1))
        request.header_list.append("upgrade", "websocket")
        if protocols:
            names = ", ".join(protocols)
            request.header_list.append("sec-websocket-protocol", names)
        if self._answer is None:
            raise JsThrow(JsError(_blocked_socket(url)))
        from ..durable_objects.strands import send_outside

        response = await send_outside(partial(self._owned, request, CURRENT.get()))
        assert isinstance(response, Response)
        if response.web_socket is None:
            raise JsThrow(JsError(_no_socket(url, response)))
        return response.web_socket.end

    async def _owned(self, request: Request, caller: IoContext | None) -> Response:
        async with _until_aborted(request.abort_signal()):
            return await self._answered(request, caller)

    async def _answered(self, request: Request, caller: IoContext | None) -> Response:
        answer = self._answer
        if answer is None:
            raise JsThrow(JsError(_blocked(request)))
        try:
            return await _followed(answer, request, caller)
        except JsThrow:
            raise
        except Exception as failed:
            behind = getattr(failed, "__js__", None)
            raise JsThrow(behind or JsError(str(failed), cause=failed)) from failed


@asynccontextmanager
async def _until_aborted(signal: AbortSignal) -> AsyncIterator[None]:
    """Give up when the signal aborts: its reason is thrown."""
    import asyncio

    if signal.is_aborted:
        raise JsThrow(signal.reason())
    task, running = asyncio.current_task(), True

    def give_up(_reason: object) -> None:
        if running and task is not None:
            task.cancel()

    signal.when_aborted(give_up)
    try:
        yield
    except asyncio.CancelledError:
        if not signal.is_aborted:
            raise
        raise JsThrow(signal.reason()) from None
    finally:
        running = False


def _blocked(request: Request) -> str:
    return (
        f"fetch of {request.address} ({request.verb}) was blocked: a test has no"
        " network. Say who answers it: cf.outbound(handler), where"
        " handler(request) returns a Response, or cf.outbound(transport) with a"
        " transport of httpx."
    )


_HOW = (
    "handler(request) accepts one end of a WebSocketPair and returns the other,"
    " Response(None, status=101, web_socket=client)."
)


def _blocked_socket(url: str) -> str:
    return (
        f"new WebSocket({url!r}) was blocked: a test has no network. Say who answers"
        f" it: cf.outbound(handler), where {_HOW}"
    )


def _no_socket(url: str, response: Response) -> str:
    return (
        f"new WebSocket({url!r}) was answered with {response.status_code}"
        f" {response.status_phrase} instead of a WebSocket: {_HOW}"
    )


async def _followed(
    answer: Answer, request: Request, caller: IoContext | None
) -> Response:
    """The answer, after the redirects that the request follows."""
    body = None if request.stream is None else await request.consume()
    addresses: list[str] = []
    while len(addresses) <= MOST_REDIRECTS:
        addresses.append(request.address)
        request.stream = None if body is None else ReadableStream.of_bytes(body)
        response = await answer(request)
        to = response.header_list.get("location")
        follows = request.redirect_mode == "follow"
        if not (follows and response.status_code in REDIRECTS and isinstance(to, str)):
            passed = handed_over(request, response, caller)
            passed.address, passed.was_redirected = request.address, len(addresses) > 1
            return passed
        request, body = _redirected(request, response.status_code, to, body)
    raise type_error("Too many redirects." + ", ".join(addresses))


def _redirected(
    request: Request, status: int, to: str, body: bytes | None
) -> tuple[Request, bytes | None]:
    address = parse_url(to, request.address)
    if address is None:
        raise type_error(f"Unable to parse URL: {to}")
    made = Request(address)
    made.verb, made.header_list = request.verb, request.header_list
    if status == 303 or (status in (301, 302) and request.verb == "POST"):
        made.verb, body = ("HEAD" if request.verb == "HEAD" else "GET"), None
    return made, body


def _answer_of(target: Any) -> Answer:
    # A mock has every attribute and is callable; transports are not callable.
    if callable(target):
        return lambda request: _through_handler(target, request)
    if hasattr(target, "handle_async_request") or hasattr(target, "handle_request"):
        return lambda request: _through_httpx(target, request)
    raise TypeError(
        "cf.outbound() takes a handler, or a transport of httpx, not"
        f" {type(target).__name__}"
    )


async def _through_handler(handler: Callable[[Any], Any], request: Request) -> Response:
    from workers import Request as SdkRequest
    from workers import (  # type: ignore[import-not-found, unused-ignore]
        python_to_rpc,
    )

    result = handler(SdkRequest(to_python(request)))
    if isawaitable(result):
        result = await result
    return checked_response(to_javascript(python_to_rpc(result)))


async def _through_httpx(transport: Any, request: Request) -> Response:
    import httpx

    sent = httpx.Request(
        request.verb,
        request.address,
        headers=list(request.header_list.fields()),
        content=await request.consume(),
    )
    if hasattr(transport, "handle_async_request"):
        received = await transport.handle_async_request(sent)
        data = await received.aread()
    else:
        received = transport.handle_request(sent)
        data = received.read()
    status = received.status_code
    headers = [
        (name, value)
        for name, value in received.headers.multi_items()
        if name not in _DECODED
    ]
    stream = None if status in NULL_BODY else ReadableStream.of_bytes(data)
    return Response(
        stream,
        status,
        received.reason_phrase or default_phrase(status),
        Headers(headers),
    )
