"""WeakMap, WeakSet and WeakRef. They hold on to their objects as long as they live."""

from .errors import type_error
from .iteration import iterate, iterate_entries
from .objects import JsObject, method
from .values import is_nullish, undefined


class WeakMap(JsObject):
    """A JavaScript WeakMap."""

    __slots__ = ("_entries",)

    class_name = "WeakMap"

    def __init__(self) -> None:
        super().__init__()
        self._entries: dict[int, tuple[JsObject, object]] = {}

    @classmethod
    def js_construct(cls, entries: object = undefined) -> "WeakMap":
        made = cls()
        for key, value in () if is_nullish(entries) else iterate_entries(entries):
            made.set(key, value)
        return made

    @method
    def set(self, key: object = undefined, value: object = undefined) -> "WeakMap":
        if not isinstance(key, JsObject):
            raise type_error("Invalid value used as weak map key")
        self._entries[id(key)] = (key, value)
        return self

    @method
    def get(self, key: object = undefined) -> object:
        return self._entries.get(id(key), (key, undefined))[1]

    @method
    def has(self, key: object = undefined) -> bool:
        return id(key) in self._entries

    @method
    def delete(self, key: object = undefined) -> bool:
        return self._entries.pop(id(key), None) is not None


class WeakSet(JsObject):
    """A JavaScript WeakSet."""

    __slots__ = ("_members",)

    class_name = "WeakSet"

    def __init__(self) -> None:
        super().__init__()
        self._members: dict[int, JsObject] = {}

    @classmethod
    def js_construct(cls, values: object = undefined) -> "WeakSet":
        made = cls()
        for value in () if is_nullish(values) else iterate(values):
            made.add(value)
        return made

    @method
    def add(self, value: object = undefined) -> "WeakSet":
        if not isinstance(value, JsObject):
            raise type_error("Invalid value used in weak set")
        self._members[id(value)] = value
        return self

    @method
    def has(self, value: object = undefined) -> bool:
        return id(value) in self._members

    @method
    def delete(self, value: object = undefined) -> bool:
        return self._members.pop(id(value), None) is not None


class WeakRef(JsObject):
    """A JavaScript WeakRef."""

    __slots__ = ("_target",)

    class_name = "WeakRef"

    def __init__(self, target: JsObject) -> None:
        super().__init__()
        self._target = target

    @classmethod
    def js_construct(cls, target: object = undefined) -> "WeakRef":
        if not isinstance(target, JsObject):
            raise type_error("WeakRef: invalid target")
        return cls(target)

    @method
    def deref(self) -> JsObject:
        return self._target
