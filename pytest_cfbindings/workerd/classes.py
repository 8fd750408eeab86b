"""The classes of the runtime, as classes here: what they can be asked."""

from collections.abc import Callable
from functools import cache

from ..javascript.objects import (
    ASYNC_ITERATOR,
    ITERATOR,
    Accessor,
    JsFunction,
    JsObject,
    PropertyKey,
)
from .objects import RemoteObject, RemoteStub
from .storage import RemoteStorage, RemoteTransaction

_SYMBOLS: dict[str, PropertyKey] = {
    "@@iterator": ITERATOR,
    "@@asyncIterator": ASYNC_ITERATOR,
}
_BASES = {cls.class_name: cls for cls in (RemoteStorage, RemoteTransaction)}


@cache
def class_of(
    name: str, methods: tuple[str, ...], getters: tuple[str, ...]
) -> type[RemoteObject]:
    """The class that stands here for one of the runtime's."""
    if name == RemoteStub.class_name:
        return RemoteStub
    members = {"__slots__": (), "class_name": name}
    made: type[RemoteObject] = type(name, (_BASES.get(name, RemoteObject),), members)
    for member in methods:
        key = _SYMBOLS.get(member, member)
        made.members[key] = JsFunction(_method(member), member, made)
    for member in getters:
        made.members[member] = Accessor(_getter(member))
    return made


def _method(name: str) -> Callable[..., object]:
    def call(this: RemoteObject, *arguments: object) -> object:
        return this.call(name, arguments)

    return call


def _getter(name: str) -> Callable[[JsObject], object]:
    def read(this: JsObject) -> object:
        assert isinstance(this, RemoteObject)
        return this.link.request("get", name)

    return read
