"""What the real runtime cannot offer to a test: using it skips the test."""

from collections.abc import Callable
from typing import NoReturn

from ..javascript.objects import JsObject, PropertyKey


class NotOffered(JsObject):
    """A binding that can be passed around; any use of it skips the test."""

    __slots__ = ("_skip",)

    class_name = "NotOffered"

    def __init__(self, skip: Callable[[], NoReturn]) -> None:
        super().__init__()
        self._skip = skip

    def js_lookup(self, key: PropertyKey) -> object:
        if key in self.members:
            return super().js_lookup(key)
        self._skip()

    def js_has(self, key: PropertyKey) -> bool:
        return key in self.members
