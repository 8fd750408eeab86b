"""botocore's requests and answers, and ours."""

from io import BytesIO
from typing import Any

from botocore.awsrequest import AWSResponse  # type: ignore[import-untyped]

from .buckets import Buckets
from .endpoint import answer
from .hosts import Host
from .messages import Request


class _Body(BytesIO):
    """The part of urllib3's response that botocore reads."""

    def stream(self, amt: int = 2**16, **_options: object) -> Any:
        """The bytes that are left, piece by piece."""
        while piece := self.read(amt):
            yield piece


def answered(prepared: Any, host: Host, buckets: Buckets) -> Any:
    """The answer to a prepared request of botocore."""
    headers = [(name, _text(value)) for name, value in prepared.headers.items()]
    if "host" not in {name.lower() for name, _ in headers}:
        headers.append(("host", prepared.url.split("/")[2]))
    request = Request.of(
        prepared.method, prepared.url, host, headers, _body(prepared.body)
    )
    response = answer(request, buckets)
    return AWSResponse(
        prepared.url, response.status, dict(response.headers), _Body(response.body)
    )


def _text(value: str | bytes) -> str:
    return value.decode("utf-8") if isinstance(value, bytes) else value


def _body(body: Any) -> bytes:
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    if hasattr(body, "read"):
        read: bytes | str = body.read()
        return read.encode() if isinstance(read, str) else read
    return bytes(body)
