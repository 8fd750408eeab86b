"""pyodide.http, as far as the SDK builds on it."""

import json
from typing import Any

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


class FetchResponse:
    """A JavaScript Response with Python's names."""

    def __init__(
        self,
        url: Any,
        js_response: Any,
        abort_controller: Any = None,
        abort_signal: Any = None,
    ) -> None:
        self._url = url
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
        if self.js_response.bodyUsed:
            raise BodyUsedError

    def raise_for_status(self) -> None:
        """Raises HttpStatusError for a status of 400 or more."""
        if self.status >= 400:
            raise HttpStatusError(self.status, self.status_text, self.url)

    def clone(self) -> "FetchResponse":
        """Another response with the same body. Raises BodyUsedError if it was read."""
        self._raise_if_failed()
        return FetchResponse(self._url, self.js_response.clone())

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
    request: Any, /, *, fetcher: Any = None, **options: Any
) -> FetchResponse:
    """Fetch with `fetcher`, or with the global fetch."""
    import js  # type: ignore[import-not-found]

    if fetcher is None:
        fetcher = js.fetch
    init = to_js(options, dict_converter=js.Object.fromEntries)
    return FetchResponse(request, await fetcher(request, init))
