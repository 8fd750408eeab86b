"""R2's hosts are not looked up while a test runs, whatever library asks."""

import socket
from collections.abc import Callable
from typing import Any

from .hosts import parse_host


class UnreachableR2Host(OSError):
    """R2's hosts are out of reach for everything but boto3 clients."""


class NameLookup:
    """Python's name lookup, which refuses R2's hosts while `refuses` says so."""

    def __init__(self, refuses: Callable[[], bool]) -> None:
        self._refuses = refuses
        self._before: Any = None
        self._ours: Any = None

    def install(self) -> None:
        """Stand before what is there."""
        before = self._before = socket.getaddrinfo

        def getaddrinfo(host: Any, *arguments: Any, **named: Any) -> Any:
            if self._refuses():
                _check(host)
            return before(host, *arguments, **named)

        self._ours = socket.getaddrinfo = getaddrinfo

    def uninstall(self) -> None:
        """Step aside, unless somebody stands before us by now."""
        if socket.getaddrinfo is self._ours:
            socket.getaddrinfo = self._before


def _check(host: Any) -> None:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if isinstance(name, str) and parse_host(name) is not None:
        raise UnreachableR2Host(
            f"{name} is the S3 API of R2, which no test reaches. pytest-cfbindings"
            " answers boto3 and botocore clients from the buckets of the Wrangler file;"
            " other libraries, and presigned URLs given to them, are not answered."
        )
