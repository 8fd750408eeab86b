"""Proxies whose life Python decides: create_proxy, create_once_callable."""

from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from ..javascript.errors import JsThrow
from ..javascript.objects import JsFunction, JsObject
from .crossing import thrown_to_python
from .protocols import JsCallable
from .proxy import JsProxy, make, proxy_class
from .pyproxy import Hold, PyCallable, PyProxy, wrap


class JsDoubleProxy(JsProxy):
    """A Python object as JavaScript sees it, back in Python's hands."""

    __slots__ = ()

    def _hold(self) -> Hold:
        proxy: Any = self.__js__
        assert isinstance(proxy, (PyProxy, PyCallable))
        return proxy.hold

    def unwrap(self) -> Any:
        """The Python object. Raises a JsException once the proxy is destroyed."""
        try:
            return self._hold().target()
        except JsThrow as destroyed:
            raise thrown_to_python(destroyed.value) from None

    def destroy(self) -> None:
        """Let JavaScript use it no more."""
        self._hold().destroy()


def create_proxy(
    obj: Any, /, *, capture_this: bool = False, roundtrip: bool = True
) -> Any:
    """A proxy of a Python object that lives until it is destroyed."""
    proxy: Any = wrap(obj)
    proxy.hold.roundtrip = roundtrip
    return double_proxy(proxy)


def create_once_callable(obj: Any, /, *, _may_syncify: bool = False) -> Any:
    """A function for JavaScript that can be called once."""
    return double_proxy(_Once(obj))


class _Once(PyCallable):
    __slots__ = ()

    def invoke(self, this: object, arguments: Sequence[object]) -> object:
        try:
            return super().invoke(this, arguments)
        finally:
            self.hold.why_destroyed = "OnceProxy can only be called once"


def double_proxy(proxy: JsObject) -> Any:
    """What Python gets for a PyProxy that is not to be unwrapped."""
    protocols = (
        (JsDoubleProxy, JsCallable)
        if isinstance(proxy, JsFunction)
        else (JsDoubleProxy,)
    )
    return make(proxy_class(protocols), proxy, None)


def destroy_proxies(pylist: Iterable[Any]) -> None:
    """Destroy the proxies of an Array of them."""
    for proxy in pylist:
        if isinstance(proxy, JsDoubleProxy):
            proxy.destroy()


def run_sync(awaitable: Any) -> NoReturn:
    """Not there yet: raises RuntimeError."""
    close = getattr(awaitable, "close", None)
    if close is not None:
        close()
    raise RuntimeError(
        "run_sync is not supported by pytest-cfbindings yet: await the call instead."
    )


def can_run_sync() -> bool:
    """Whether run_sync would work here: no."""
    return False
