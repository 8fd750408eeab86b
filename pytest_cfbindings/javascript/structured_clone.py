"""Structured clone, as workerd's serializer and V8 make it (measured on workerd).

Durable Object storage, WebSocket attachments, RPC and `structuredClone()` stand on it.
Everything that cannot be cloned is a DataCloneError, thrown before anything is kept.
"""

from collections.abc import Sequence

from .aggregate_error import AggregateError
from .arrays import JsArray
from .boxed import JsBigIntObject, JsBoolean, JsNumber
from .buffers import JsArrayBuffer, JsView
from .conversions import to_string
from .dates import JsDate
from .errors import (
    ERROR_CLASSES,
    DOMException,
    JsError,
    JsThrow,
    dom_exception,
    error,
    range_error,
    type_error,
)
from .iterators import JsIterator
from .maps import JsMap, JsSet
from .object_functions import NullPrototypeObject
from .objects import JsFunction, JsObject, Symbol
from .promises import JsPromise
from .property_order import ordered_names
from .regexps import JsRegExp
from .strings import JsString
from .text import is_array_index
from .values import missing

# An Error comes back as an instance of the class that its name says, whatever it was.
_BY_NAME: dict[object, type[JsError]] = {
    cls.class_name: cls for cls in (*ERROR_CLASSES, AggregateError)
}


def structured_clone(value: object, transfer: Sequence[object] = ()) -> object:
    """A deep copy of the value, in which the buffers of `transfer` lose their bytes.

    Raises a JavaScript DataCloneError for what cannot be cloned, a TypeError for what
    cannot be transferred, a RangeError for what is nested too deeply, and whatever a
    getter throws. Nothing is transferred unless all could be cloned.
    """
    if not isinstance(value, JsObject) and not transfer:
        return value
    buffers = [_transferable(item) for item in transfer]
    copy = Cloning().clone(value)
    for buffer in buffers:
        buffer.detach()
    return copy


class Cloning:
    """One structured clone: what occurs twice in the source occurs twice in the copy.

    RPC, which sends functions, streams and the like by reference, overrides `function`,
    `instance` and `platform_object`. A class of objects says by a method
    `js_clone(cloning)` how it is cloned; an object of a class without one is refused.
    """

    def __init__(self) -> None:
        self._done: dict[JsObject, JsObject | None] = {}

    def clone(self, value: object) -> object:
        """The copy of one value; primitives are their own."""
        if not isinstance(value, JsObject):
            return value
        done = self._done.get(value, missing)
        if done is missing:
            return self._copy(value)
        if done is None:
            raise error("Unable to deserialize cloned data.")
        return done

    def plain(self, value: JsObject) -> JsObject:
        """Own enumerable properties with string names; getters are read."""
        made = self._done[value] = JsObject()
        self._properties(value, made, value.js_keys())
        return made

    def function(self, value: JsFunction) -> object:
        """A function. Raises DataCloneError."""
        raise not_cloned(value.js_source())

    def instance(self, value: JsObject) -> object:
        """An object of a class that a program defined, or of none: it loses that."""
        return self.plain(value)

    def platform_object(self, value: JsObject) -> object:
        """An object of the runtime's own. Raises DataCloneError if it has no clone."""
        clone = getattr(value, "js_clone", None)
        if clone is None:
            raise unserializable(value)
        made = self._done[value] = clone(self)
        return made

    def _copy(self, value: JsObject) -> object:
        kind = type(value)
        try:
            if kind is JsArray:
                return self._array(value)  # type: ignore[arg-type]
            if isinstance(value, NullPrototypeObject):
                return self.instance(value)
            if kind.class_name == "Object":
                return self.plain(value)
            return self._of_language(value)
        except RecursionError:
            raise range_error("Maximum call stack size exceeded") from None

    def _of_language(self, value: JsObject) -> object:
        if isinstance(value, JsArray):
            return self._array(value)
        if isinstance(value, JsMap):
            return self._map(value)
        if isinstance(value, JsSet):
            members = self._done[value] = JsSet()
            for item in value.items():
                members.add(self.clone(item))
            return members
        if isinstance(value, JsError):
            return self._error(value)
        if isinstance(value, JsView):
            return self._view(value)
        if (leaf := _leaf(value)) is not None:
            self._done[value] = leaf
            return leaf
        if isinstance(value, Symbol):
            raise not_cloned(value.js_to_string())
        if isinstance(value, JsFunction):
            return self.function(value)
        if isinstance(value, JsPromise) or type(value) is JsIterator:
            raise not_cloned(_shown(value))
        return self.platform_object(value)

    def _array(self, value: JsArray) -> JsArray:
        made = self._done[value] = JsArray()
        made.items = [
            self.clone(item) if isinstance(item, JsObject) else item
            for item in value.items
        ]
        if value.properties:
            self._properties(value, made, ordered_names(value.properties))
        return made

    def _map(self, value: JsMap) -> JsMap:
        made = self._done[value] = JsMap()
        for key, item in value.items():
            made.set(self.clone(key), self.clone(item))
        return made

    def _view(self, value: JsView) -> JsView:
        """A view of a clone of its whole buffer, which other views go on sharing."""
        buffer = self.clone(value.buffer_object)
        assert isinstance(buffer, JsArrayBuffer)
        made = type(value)(buffer, value.offset, value.byte_length)
        self._done[value] = made
        return made

    def _error(self, value: JsError) -> JsError:
        """Name, message and own properties; what it contains may not lead back to it.

        V8 reads an Error only when all that is inside it has been read, so that such a
        value is written by a Worker and can never be read again. Here it is refused.
        """
        if isinstance(value, DOMException):
            copy = DOMException(to_string(value.message), to_string(value.name))
            self._done[value] = copy
            return copy
        if not JsError.is_copied_whole:
            return self._bare_error(value)
        self._done[value] = None
        cls = error_class(value)
        made = JsError() if cls is None else cls()
        if cls is None:
            made.name = self.clone(value.js_get("name"))
        message = self.clone(value.js_get("message"))
        if not isinstance(message, str):
            raise data_clone_error(
                "Deserialization failed: error message is not a string"
            )
        made.message = message
        made.cause = value.cause
        self._properties(value, made, error_properties(value))
        self._done[value] = made
        return made

    def _bare_error(self, value: JsError) -> JsError:
        """What V8 itself keeps of an error: class, message and `cause` (measured)."""
        made = self._done[value] = (language_error_class(value) or JsError)()
        made.message = to_string(value.js_get("message"))
        made.cause = value.cause
        self._properties(value, made, [n for n in value.properties if n == "cause"])
        return made

    def _properties(
        self, value: JsObject, made: JsObject, names: Sequence[str]
    ) -> None:
        properties = made.properties
        for name in names:
            item = value.js_lookup(name)
            if isinstance(item, JsObject):
                properties[name] = self.clone(item)
            elif item is not missing:  # A getter may have deleted it meanwhile.
                properties[name] = item


def _leaf(value: JsObject) -> JsObject | None:
    """A copy of an object that has no others inside; None for any other."""
    if isinstance(value, JsDate):
        return JsDate(value.milliseconds)
    if isinstance(value, JsArrayBuffer):
        if value.is_detached:
            raise data_clone_error(
                "An ArrayBuffer is detached and could not be cloned."
            )
        return JsArrayBuffer(value.data)
    if isinstance(value, JsRegExp):
        return JsRegExp(value.source, value.flags)
    if isinstance(value, JsNumber):
        return JsNumber(value.value)
    if isinstance(value, JsString):
        return JsString(value.value)
    if isinstance(value, JsBoolean):
        return JsBoolean(value.value)
    return JsBigIntObject(value.value) if isinstance(value, JsBigIntObject) else None


def error_class(value: JsError) -> type[JsError] | None:
    """The class that the name of an error says; None for names of other errors."""
    name = value.js_get("name")
    return _BY_NAME.get(name) if isinstance(name, str) else None


def language_error_class(value: JsError) -> type[JsError] | None:
    """The same, for the classes that V8 itself knows how to copy."""
    cls = error_class(value)
    return cls if cls in ERROR_CLASSES else None


def error_properties(value: JsError) -> list[str]:
    """The own properties that a clone of an error keeps besides name and message."""
    names = [name for name in value.properties if isinstance(name, str)]
    return [n for n in names if n not in ("name", "message") and not is_array_index(n)]


def _shown(value: JsObject) -> str:
    """How V8 names an object in an error, without running any of its code."""
    if value.js_get("toString") is JsObject.members["toString"]:
        constructor = value.js_get("constructor")
        if isinstance(constructor, JsFunction) and not isinstance(value, JsIterator):
            return f"#<{constructor.name}>"
    return f"[object {value.kind if isinstance(value, JsIterator) else value.tag}]"


def _transferable(value: object) -> JsArrayBuffer:
    if isinstance(value, JsView):
        return value.buffer_object
    if isinstance(value, JsArrayBuffer):
        return value
    raise type_error("Object is not transferable")


def data_clone_error(message: str) -> JsThrow:
    """What to raise for a DataCloneError."""
    return dom_exception("DataCloneError", message)


def not_cloned(shown: str) -> JsThrow:
    """The DataCloneError for what V8 itself has no clone of."""
    return data_clone_error(f"{shown} could not be cloned.")


def unserializable(value: JsObject) -> JsThrow:
    """The DataCloneError for an object of a class that the runtime does not send."""
    return data_clone_error(
        f'Could not serialize object of type "{value.class_name}".'
        " This type does not support serialization."
    )
