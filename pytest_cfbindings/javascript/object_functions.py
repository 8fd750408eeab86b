"""The static functions of Object: keys, values, entries, fromEntries, assign."""

from .arrays import JsArray
from .conversions import to_string
from .errors import type_error
from .iteration import iterate_entries
from .objects import JsObject, native, own_entries
from .text import utf16_units
from .values import is_nullish, null, undefined


class NullPrototypeObject(JsObject, bare=True):
    """`Object.create(null)`: no members at all."""

    __slots__ = ()

    def js_to_string(self) -> str:
        raise type_error("Cannot convert object to primitive value")


# Not even that: `constructor` is a property of Object.prototype.
NullPrototypeObject.members.clear()


def _object(value: object) -> JsObject:
    if is_nullish(value):
        raise type_error("Cannot convert undefined or null to object")
    if isinstance(value, str):
        return JsArray(utf16_units(value))
    return value if isinstance(value, JsObject) else JsObject()


def keys(value: object = undefined) -> JsArray:
    return JsArray(_object(value).js_keys())


def values(value: object = undefined) -> JsArray:
    return JsArray(item for _, item in own_entries(_object(value)))


def entries(value: object = undefined) -> JsArray:
    return JsArray(JsArray(entry) for entry in own_entries(_object(value)))


def from_entries(pairs: object = undefined) -> JsObject:
    """An Object of [name, value] pairs, from any iterable."""
    made = JsObject()
    for name, item in iterate_entries(pairs):
        made.properties[to_string(name)] = item
    return made


def assign(target: object = undefined, *sources: object) -> JsObject:
    into = _object(target)
    for source in sources:
        if not is_nullish(source):
            for name, item in own_entries(_object(source)):
                into.js_set(name, item)
    return into


def create(prototype: object = undefined) -> JsObject:
    """Object.create, for the one prototype that is not a class: null."""
    if isinstance(prototype, JsObject):
        raise type_error("Object.create is only there for null")
    if prototype is not null:
        text = to_string(prototype)
        raise type_error(f"Object prototype may only be an Object or null: {text}")
    return NullPrototypeObject()


def same(value: object = undefined) -> object:
    """Object.freeze and the like, which hold nobody back here."""
    return value


FROM_ENTRIES = native(from_entries, "fromEntries")

OBJECT_FUNCTIONS = {
    "keys": native(keys, "keys"),
    "values": native(values, "values"),
    "entries": native(entries, "entries"),
    "fromEntries": FROM_ENTRIES,
    "assign": native(assign, "assign"),
    "create": native(create, "create"),
    "freeze": native(same, "freeze"),
    "seal": native(same, "seal"),
    "preventExtensions": native(same, "preventExtensions"),
}
