"""Proxies whose life Python decides: create_proxy, create_once_callable."""

from collections.abc import Iterable
from typing import Any

from ..javascript.errors import JsThrow, error
from ..javascript.objects import JsFunction, JsObject, method
from .crossing import thrown_to_python, to_python
from .duck_typing import protocols_of
from .holds import Hold, hold_of
from .proxy import JsProxy, make, proxy_class
from .pyproxy import PyCallable, PyProxy, wrap
from .pyproxy_methods import methods_of


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
    proxy: Any = PyCallable(obj, capture_this) if callable(obj) else wrap(obj)
    proxy.hold.roundtrip = roundtrip
    return double_proxy(proxy)


def create_once_callable(obj: Any, /, *, _may_syncify: bool = False) -> Any:
    """A function for JavaScript that can be called once."""
    return to_python(_Once(obj))


class _Once(JsFunction):
    __slots__ = ("called", "proxy")

    def __init__(self, target: Any) -> None:
        super().__init__(self._invoke)
        self.called = False
        self.proxy = PyCallable(target)

    def _invoke(self, this: object, *arguments: object) -> object:
        if self.called:
            raise error("OnceProxy can only be called once")
        self.called = True
        try:
            return self.proxy.invoke(this, arguments)
        finally:
            self.proxy.hold.destroy()

    @method
    def destroy(self) -> None:
        self.called = True
        self.proxy.hold.destroy()


def double_proxy(proxy: JsObject) -> Any:
    """What Python gets for a PyProxy that is not to be unwrapped."""
    members = methods_of(hold_of(proxy).last_target())
    protocols = protocols_of(type(proxy), dict(members))
    return make(proxy_class((JsDoubleProxy, *protocols)), proxy, None)


def destroy_proxies(pylist: Iterable[Any]) -> None:
    """Destroy the proxies of an Array of them."""
    for proxy in pylist:
        if isinstance(proxy, JsDoubleProxy):
            proxy.destroy()
