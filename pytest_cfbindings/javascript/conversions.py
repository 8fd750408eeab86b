"""The language's own conversions: String(x), Boolean(x), typeof x."""

from .numbers import number_to_text
from .objects import JsFunction, JsObject
from .values import JsBigInt, null, undefined


def to_string(value: object) -> str:
    """String(value)."""
    if isinstance(value, str):
        return value
    if value is undefined:
        return "undefined"
    if value is null:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, JsBigInt):
        return int.__repr__(value)
    if isinstance(value, (int, float)):
        return number_to_text(value)
    if isinstance(value, JsObject):
        return _object_to_string(value)
    raise AssertionError(f"{type(value)} is no JavaScript value")


def _object_to_string(value: JsObject) -> str:
    method = value.properties.get("toString") or value.members.get("toString")
    if isinstance(method, JsFunction) and method.owner is None:
        return to_string(method.invoke(value, ()))
    return value.js_to_string()


def shown(value: object) -> str:
    """How V8 names a value that it has no source text for."""
    if value is undefined:
        return "undefined"
    kind = typeof(value)
    if kind in ("number", "boolean") or value is null:
        return f"{kind} {to_string(value)}"
    return f'string "{value}"' if kind == "string" else kind


def truthy(value: object) -> bool:
    """Boolean(value)."""
    if isinstance(value, JsObject):
        return True
    return bool(value) and value == value  # NaN is the one that differs from itself.


def typeof(value: object) -> str:
    """`typeof value`."""
    if value is undefined:
        return "undefined"
    if isinstance(value, JsObject):
        return value.typeof
    if value is null:
        return "object"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    return "bigint" if isinstance(value, JsBigInt) else "number"
