"""Proxy, which only recorded set-up texts ask for."""

from pytest_cfbindings.javascript.conversions import to_string, truthy
from pytest_cfbindings.javascript.objects import (
    JsFunction,
    JsObject,
    PropertyKey,
)
from pytest_cfbindings.javascript.values import missing, undefined


class ProxyObject(JsObject):
    """`new Proxy(target, handler)`, with the traps get, has, set and ownKeys."""

    __slots__ = ("handler", "target")
    class_name = "Proxy"
    tag = "Object"

    def __init__(self, target: JsObject, handler: JsObject) -> None:
        super().__init__()
        self.target = target
        self.handler = handler

    @classmethod
    def js_construct(
        cls, target: object = undefined, handler: object = undefined
    ) -> "ProxyObject":
        assert isinstance(target, JsObject)
        assert isinstance(handler, JsObject)
        return _like(target)(target, handler)

    def _trap(self, name: str) -> JsFunction | None:
        found = self.handler.js_get(name)
        return found if isinstance(found, JsFunction) else None

    def js_lookup(self, key: PropertyKey) -> object:
        trap = self._trap("get")
        if trap is None:
            return self.target.js_lookup(key)
        value = trap.invoke(self.handler, (self.target, key, self))
        if value is undefined and not self.js_has(key):
            return missing
        return value

    def js_has(self, key: PropertyKey) -> bool:
        trap = self._trap("has")
        if trap is None:
            return self.target.js_has(key)
        return truthy(trap.invoke(self.handler, (self.target, key)))

    def js_set(self, key: PropertyKey, value: object) -> None:
        trap = self._trap("set")
        if trap is None:
            self.target.js_set(key, value)
        else:
            trap.invoke(self.handler, (self.target, key, value, self))

    def js_delete(self, key: PropertyKey) -> None:
        trap = self._trap("deleteProperty")
        if trap is None:
            self.target.js_delete(key)
        else:
            trap.invoke(self.handler, (self.target, key))

    def js_keys(self) -> list[str]:
        return self.target.js_keys()

    def js_to_string(self) -> str:
        method = self.js_get("toString")
        if isinstance(method, JsFunction):
            return to_string(method.invoke(self, ()))
        return "[object Object]"


def _like(target: JsObject) -> type[ProxyObject]:
    """The proxy class that is named like the target's class."""
    name = target.class_name
    return type(name, (ProxyObject,), {"__slots__": (), "class_name": name})
