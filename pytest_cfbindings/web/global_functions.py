"""The web platform's functions on globalThis: Base64 and clones."""

import base64
import binascii

from ..javascript.arrays import JsArray
from ..javascript.boxed import JsBoolean, JsNumber
from ..javascript.buffers import JsArrayBuffer, JsTypedArray
from ..javascript.conversions import to_string
from ..javascript.dates import JsDate
from ..javascript.errors import JsError, dom_exception
from ..javascript.maps import JsMap, JsSet
from ..javascript.objects import JsFunction, JsObject, Symbol, native, own_entries
from ..javascript.strings import JsString
from ..javascript.values import undefined


def btoa(text: object = undefined) -> str:
    try:
        return base64.b64encode(to_string(text).encode("latin-1")).decode()
    except UnicodeEncodeError:
        raise dom_exception(
            "InvalidCharacterError",
            "btoa() can only operate on characters in the Latin1 (ISO/IEC 8859-1)"
            " range.",
        ) from None


def atob(text: object = undefined) -> str:
    given = "".join(to_string(text).split())
    try:
        padded = given + "=" * (-len(given) % 4)
        return base64.b64decode(padded, validate=True).decode("latin-1")
    except binascii.Error:
        raise dom_exception(
            "InvalidCharacterError",
            "atob() called with invalid base64-encoded data. (Only whitespace, '+',"
            " '/', alphanumeric ASCII, and up to two terminal '=' signs when the input"
            " data length is divisible by 4 are allowed.)",
        ) from None


def structured_clone(value: object = undefined) -> object:
    return _Clone().of(value)


class _Clone:
    """One structuredClone: what occurs twice in the source occurs twice in the copy."""

    def __init__(self) -> None:
        self.done: dict[int, JsObject] = {}

    def of(self, value: object) -> object:
        if not isinstance(value, JsObject):
            return value
        if id(value) in self.done:
            return self.done[id(value)]
        if isinstance(value, (JsFunction, Symbol)) or value.class_name == "PyProxy":
            shown = "#<Object>" if value.class_name == "PyProxy" else to_string(value)
            raise dom_exception("DataCloneError", f"{shown} could not be cloned.")
        return self._object(value)

    def _object(self, value: JsObject) -> JsObject:
        made: JsObject
        if isinstance(value, JsArray):
            made = self.done[id(value)] = array = JsArray()
            array.items = [self.of(item) for item in value.items]
        elif isinstance(value, JsMap):
            made = self.done[id(value)] = table = JsMap()
            for key, item in value.items():
                table.set(self.of(key), self.of(item))
        elif isinstance(value, JsSet):
            made = self.done[id(value)] = JsSet(map(self.of, value.items()))
        elif (leaf := _leaf(value)) is not None:
            made = self.done[id(value)] = leaf
        else:
            made = self.done[id(value)] = JsObject()
            for name, item in own_entries(value):
                made.properties[name] = self.of(item)
        return made


def _leaf(value: JsObject) -> JsObject | None:
    """A copy of an object that has no others inside; None for any other."""
    if isinstance(value, JsDate):
        return JsDate(value.milliseconds)
    if isinstance(value, JsArrayBuffer):
        return JsArrayBuffer(value.data)
    if isinstance(value, JsTypedArray):
        return type(value).of_bytes(value.to_bytes())
    if isinstance(value, JsError):
        copy = type(value)(to_string(value.message))
        copy.name = value.name
        return copy
    if isinstance(value, JsNumber):
        return JsNumber(value.value)
    if isinstance(value, JsString):
        return JsString(value.value)
    return JsBoolean(value.value) if isinstance(value, JsBoolean) else None


GLOBAL_FUNCTIONS = {
    "btoa": native(btoa, "btoa"),
    "atob": native(atob, "atob"),
    "structuredClone": native(structured_clone, "structuredClone"),
}
