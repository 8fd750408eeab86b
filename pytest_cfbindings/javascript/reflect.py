"""Reflect."""

from .arrays import JsArray
from .callbacks import checked_function
from .conversions import to_string
from .errors import type_error
from .iteration import iterate
from .objects import JsConstructor, JsObject, PropertyKey, Symbol, native
from .values import undefined


class Reflect(JsObject):
    """The Reflect object."""

    __slots__ = ()
    tag = "Reflect"

    def js_keys(self) -> list[str]:
        return []


def _target(value: object, name: str) -> JsObject:
    if not isinstance(value, JsObject):
        raise type_error(f"Reflect.{name} called on non-object")
    return value


def _key(key: object) -> PropertyKey:
    return key if isinstance(key, Symbol) else to_string(key)


def _get(target: object = undefined, key: object = undefined) -> object:
    return _target(target, "get").js_get(_key(key))


def _set(
    target: object = undefined, key: object = undefined, value: object = undefined
) -> bool:
    _target(target, "set").js_set(_key(key), value)
    return True


def _has(target: object = undefined, key: object = undefined) -> bool:
    return _target(target, "has").js_has(_key(key))


def _delete(target: object = undefined, key: object = undefined) -> bool:
    _target(target, "deleteProperty").js_delete(_key(key))
    return True


def own_keys(target: object = undefined) -> JsArray:
    """Own names, then own symbols; an Array has its length, too."""
    owner = _target(target, "ownKeys")
    names: list[object] = list(owner.js_keys())
    if isinstance(owner, JsArray):
        names.append("length")
    return JsArray(names + [key for key in owner.properties if isinstance(key, Symbol)])


def _apply(
    function: object = undefined,
    this: object = undefined,
    arguments: object = undefined,
) -> object:
    return checked_function(function).invoke(this, tuple(iterate(arguments)))


def _construct(cls: object = undefined, arguments: object = undefined) -> object:
    if not isinstance(cls, JsConstructor):
        raise type_error(f"{to_string(cls)} is not a constructor")
    return cls.construct(tuple(iterate(arguments)))


def new_reflect() -> JsObject:
    """A new Reflect object."""
    return Reflect(
        {
            "get": native(_get, "get"),
            "set": native(_set, "set"),
            "has": native(_has, "has"),
            "deleteProperty": native(_delete, "deleteProperty"),
            "ownKeys": native(own_keys, "ownKeys"),
            "apply": native(_apply, "apply"),
            "construct": native(_construct, "construct"),
        }
    )
