"""pyodide.http, as far as the SDK builds on it."""

import json
from typing import Any

from .exceptions import JsException
from .to_js import to_js


class HttpStatusError(OSError):
    """A response whose status says that the request failed."""

    def __init__(self, status: int, status_text: str, url: str) -> None:
        kind = "Client" if status < 500 else "Server"
        super().__init__(f"{status} {kind} Error: {status_text} for url: {url}")
        self.status = status
        self.status_text = status_text
        self.url = url


class BodyUsedError(OSError):
    """A response whose body was read before."""

    def __init__(self, *_args: object) -> None:
        super().__init__("Response body is already used")


class AbortError(OSError):
    """A request that failed or was given up; the message is JavaScript's."""

    def __init__(self, reason: JsException) -> None:
        super().__init__(reason.message)


class FetchResponse:
    """A JavaScript Response with Python's names.

    Raises AttributeError for a request without `url`, such as a JavaScript URL: Pyodide
    314 reads it, which is after the fetch; 0.28 did not.
    """

    def __init__(
        self,
        request: Any,
        js_response: Any,
        abort_controller: Any = None,
        abort_signal: Any = None,
    ) -> None:
        self._request = request
        self._url = request if isinstance(request, str) else request.url
        self.js_response = js_response
        self.abort_controller = abort_controller
        self.abort_signal = abort_signal

    @property
    def body_used(self) -> bool:
        """Whether the body was read."""
        return bool(self.js_response.bodyUsed)

    @property
    def headers(self) -> dict[str, str]:
        """Names and values."""
        return dict(self.js_response.headers)

    @property
    def ok(self) -> bool:
        """Whether the status is one of 200 to 299."""
        return bool(self.js_response.ok)

    @property
    def redirected(self) -> bool:
        """Whether a redirect led here."""
        return bool(self.js_response.redirected)

    @property
    def status(self) -> int:
        """The status code."""
        return int(self.js_response.status)

    @property
    def status_text(self) -> str:
        """The status text."""
        return str(self.js_response.statusText)

    @property
    def type(self) -> str:
        """The response type, "default" for one that was made here."""
        return str(self.js_response.type)

    @property
    def url(self) -> str:
        """Where it came from; an empty text for one that was made here."""
        return str(self.js_response.url)

    def _raise_if_failed(self) -> None:
        if self.abort_signal and self.abort_signal.aborted:
            raise AbortError(self.abort_signal.reason)
        if self.js_response.bodyUsed:
            raise BodyUsedError

    def abort(self, reason: Any = None) -> None:
        """Give the request up."""
        if self.abort_controller is None:
            raise ValueError("abort_controller is not set")
        self.abort_controller.abort(
            None if reason is None else JsException("AbortError", reason)
        )

    def raise_for_status(self) -> None:
        """Raises HttpStatusError for a status of 400 to 599."""
        if 400 <= self.status < 600:
            raise HttpStatusError(self.status, self.status_text, self.url)

    def clone(self) -> "FetchResponse":
        """Another response with the same body. Raises BodyUsedError if it was read."""
        self._raise_if_failed()
        return FetchResponse(self._request, self.js_response.clone())

    async def buffer(self) -> Any:
        """The body as a JavaScript ArrayBuffer."""
        self._raise_if_failed()
        return await self.js_response.arrayBuffer()

    async def text(self) -> str:
        """The body as text."""
        self._raise_if_failed()
        return str(await self.js_response.text())

    string = text

    async def json(self, **kwargs: Any) -> Any:
        """The body read as JSON; keywords go to json.loads."""
        return json.loads(await self.text(), **kwargs)

    async def memoryview(self) -> Any:
        """The body as a memoryview."""
        return (await self.buffer()).to_memoryview()

    async def bytes(self) -> bytes:
        """The body as bytes."""
        data: bytes = (await self.buffer()).to_bytes()
        return data


async def pyfetch(
    request: Any, /, *, signal: Any = None, fetcher: Any = None, **options: Any
) -> FetchResponse:
    """Fetch with `fetcher`, or with the global fetch.

    Raises AbortError, with the message alone, for what JavaScript throws.
    """
    import js  # type: ignore[import-not-found]

    controller = js.AbortController.new()
    if signal:
        signal = js.AbortSignal.any(to_js([signal, controller.signal]))
    else:
        signal = controller.signal
    init = to_js({**options, "signal": signal}, dict_converter=js.Object.fromEntries)
    if isinstance(request, str):
        request = js.Request.new(request, init)
    try:
        response = await (fetcher or js.fetch)(request, init)
    except JsException as error:
        raise AbortError(error) from None
    return FetchResponse(request, response, controller, signal)
