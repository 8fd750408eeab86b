"""The second door: what a boto3 client asks of an R2 host is answered here.

botocore's HTTP session is where every client of whatever age comes by, and where a
user's own `mock_aws` has had its turn already. It is wrapped as soon as botocore is
imported, and never imported for it.
"""

import sys
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from threading import RLock
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from .hosts import Host, parse_host
from .network import NameLookup

if TYPE_CHECKING:
    from .buckets import Buckets

_MODULE: Final = "botocore.httpsession"

Open = Callable[[str | None], "Buckets"]
"""Gives the buckets of a jurisdiction; None is for no jurisdiction."""


class Door:
    """Answers requests to R2's hosts while it is open; `buckets` says from what."""

    def __init__(self, buckets: Open) -> None:
        self._buckets = buckets
        self._is_open = False
        self._lock = RLock()
        self._finder = _Finder(self._wrap)
        self._lookup = NameLookup(lambda: self._is_open)
        self._wrapped: list[tuple[Any, Any, Any]] = []

    def install(self) -> None:
        """Wrap botocore now if it is imported, else when it will be."""
        self._lookup.install()
        sys.meta_path.insert(0, self._finder)
        loaded = sys.modules.get(_MODULE)
        if loaded is not None:
            self._wrap(loaded)

    def uninstall(self) -> None:
        """Leave botocore and name lookup as they were."""
        self._lookup.uninstall()
        if self._finder in sys.meta_path:
            sys.meta_path.remove(self._finder)
        for cls, before, ours in reversed(self._wrapped):
            if cls.send is ours:
                cls.send = before
        self._wrapped = []

    def open(self) -> None:
        """Answer from now on."""
        self._is_open = True

    def close(self) -> None:
        """Leave every request alone again."""
        self._is_open = False

    def _wrap(self, module: ModuleType) -> None:
        cls: Any = module.URLLib3Session
        before = cls.send

        def send(session: Any, request: Any) -> Any:
            host = parse_host(urlsplit(request.url).hostname or "")
            if host is None or not self._is_open:
                return before(session, request)
            return self._answer(request, host)

        cls.send = send
        self._wrapped.append((cls, before, send))

    def _answer(self, request: Any, host: Host) -> Any:
        from .botocore_messages import answered

        with self._lock:
            buckets = self._buckets(host.jurisdiction)
        return answered(request, host, buckets)


class _Finder(MetaPathFinder):
    """Calls back when botocore's module has been imported."""

    def __init__(self, imported: Callable[[ModuleType], None]) -> None:
        self._imported = imported

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        if fullname != _MODULE:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader, self._imported)
        return spec


class _Loader(Loader):
    def __init__(self, real: Any, imported: Callable[[ModuleType], None]) -> None:
        self._real = real
        self._imported = imported

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        made: ModuleType | None = self._real.create_module(spec)
        return made

    def exec_module(self, module: ModuleType) -> None:
        self._real.exec_module(module)
        self._imported(module)
