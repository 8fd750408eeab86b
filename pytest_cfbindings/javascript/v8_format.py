"""The byte format in which V8 keeps a structured clone: version 15, as workerd has it.

V8 defines it in src/objects/value-serializer.cc. What is stored has the sizes that
workerd's limits count (measured for every kind of value but a host object's).
"""

from typing import Final, TypeVar

from .aggregate_error import AggregateError
from .buffers import DataView, JsView
from .errors import ERROR_CLASSES, DOMException, JsError
from .objects import JsObject
from .typed_arrays import TYPED_ARRAYS

HEADER: Final = b"\xff\x0f"

SMALLEST_INT: Final = -(2**30)
LARGEST_INT: Final = 2**30 - 1
"""Integers that V8 holds as such ("Smi"); any other number is a double."""

VIEW_CODES: Final[dict[type[JsView], int]] = {
    **dict(zip(TYPED_ARRAYS, b"BbCWwDdfFqQ", strict=True)),
    DataView: ord("?"),
}
VIEWS: Final = {code: cls for cls, code in VIEW_CODES.items()}

REGEXP_FLAGS: Final = "gimyusldv"
"""The flag that each bit stands for; "l" is an experiment of V8's."""

_ERRORS: Final[tuple[type[JsError], ...]] = (
    *ERROR_CLASSES,
    AggregateError,
    DOMException,
)
ERROR_CODES: Final = {cls: code for code, cls in enumerate(_ERRORS)}
ERRORS: Final = dict(enumerate(_ERRORS))


class HostObject(JsObject):
    """An object of the runtime's own that may be stored, such as Headers.

    Its class is made known by `storable`.
    """

    __slots__ = ()

    class_name = "HostObject"

    def js_stored(self) -> object:
        """A JavaScript value, itself storable, from which it can be made anew."""
        raise NotImplementedError

    @classmethod
    def js_restored(cls, stored: object) -> JsObject:
        """The object that a value from `js_stored` stands for."""
        raise NotImplementedError


HOST_CLASSES: Final[dict[str, type[HostObject]]] = {}

C = TypeVar("C", bound=type[HostObject])


def storable(cls: C) -> C:
    """Let instances of a class of the runtime be stored, by their class's name."""
    HOST_CLASSES[cls.__name__] = cls
    return cls
