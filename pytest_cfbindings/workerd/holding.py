"""The objects that a connection has given, and what stands here for each."""

from collections.abc import Callable, Sequence
from typing import Any

from ..javascript.objects import JsObject
from .classes import class_of
from .connection import Connection
from .links import Binding, Link
from .objects import RemoteFunction, RemoteObject
from .streams import RemoteStream


class Held:
    """The objects of a connection, as the messages to it name them."""

    def __init__(self, binding: Binding, connection: Connection) -> None:
        self._binding = binding
        self._connection = connection

    def number_of(self, value: JsObject) -> int | None:
        """The number of an object that is there; None for one of ours."""
        if isinstance(value, (RemoteObject, RemoteFunction, RemoteStream)):
            return value.link.number_in(self._connection)
        return None

    def instance(self, description: Sequence[Any]) -> JsObject:
        """What stands here for an object that is there, from its description."""
        number, name, methods, getters, own = description
        cls = class_of(name, tuple(methods), tuple(getters))
        return self._kept(number, lambda link: cls(link, frozenset(own)))

    def function(self, description: Sequence[Any]) -> JsObject:
        """What stands here for a function that is there."""
        return self._kept(
            description[0], lambda link: RemoteFunction(link, description[1])
        )

    def stream(self, number: int) -> JsObject:
        """What stands here for a stream that is there."""
        return self._kept(number, RemoteStream)

    def _kept(self, number: int, make: Callable[[Link], JsObject]) -> JsObject:
        """What stands for an object, the same one each time."""
        known = self._connection.objects
        if number not in known:
            known[number] = make(Link(self._binding, number, self._connection))
        return known[number]


def root(binding: Binding) -> RemoteObject:
    """What stands for the object of a binding, for good."""
    _, name, methods, getters, own = binding.connect().root(binding.name)
    cls = class_of(name, tuple(methods), tuple(getters))
    return cls(Link(binding), frozenset(own))
