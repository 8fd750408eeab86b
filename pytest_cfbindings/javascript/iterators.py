"""The iterator objects of the language."""

from collections.abc import Iterator

from .objects import ITERATOR, JsObject, method, method_as
from .values import undefined


class JsIterator(JsObject):
    """The iterator that `values()`, `entries()` and `[Symbol.iterator]()` return."""

    __slots__ = ("iterator", "kind")

    class_name = "Iterator"

    def __init__(self, iterator: Iterator[object], kind: str = "Iterator") -> None:
        super().__init__()
        self.iterator = iterator
        self.kind = kind

    def js_to_string(self) -> str:
        return f"[object {self.kind}]"

    @method
    def next(self) -> JsObject:
        try:
            return JsObject({"value": next(self.iterator), "done": False})
        except StopIteration:
            return JsObject({"value": undefined, "done": True})

    @method
    def toArray(self) -> JsObject:
        from .arrays import JsArray  # Which makes iterators itself.

        return JsArray(self.iterator)

    @method_as(ITERATOR)
    def itself(self) -> "JsIterator":
        return self
