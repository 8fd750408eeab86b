"""What FormData and URLSearchParams share: a list of names with values, in order."""

from typing import Any, ClassVar

from ..javascript.arguments import wrong_parameter
from ..javascript.arrays import JsArray, pairs
from ..javascript.conversions import to_string
from ..javascript.iterators import JsIterator
from ..javascript.objects import ITERATOR, JsFunction, JsObject, method, method_as
from ..javascript.values import null, undefined


class NameValueList(JsObject):
    """Entries by name; a name may occur again."""

    __slots__ = ("fields",)

    text_kind: ClassVar[str]
    """What error messages call a text."""

    def __init__(self, fields: list[tuple[str, Any]] | None = None) -> None:
        super().__init__()
        self.fields = fields or []

    def put(self, name: str, value: Any) -> None:
        """Replace the first entry of a name and drop the others, or append one."""
        names = [field for field, _ in self.fields]
        place = names.index(name) if name in names else len(names)
        rest = [field for field in self.fields[place:] if field[0] != name]
        self.fields[place:] = [(name, value), *rest]

    def checked_name(self, operation: str, arguments: tuple[object, ...]) -> str:
        """The first argument. Raises a JavaScript TypeError if there is none."""
        if not arguments:
            raise wrong_parameter(operation, self.class_name, 1, self.text_kind)
        return to_string(arguments[0])

    def _values(self, operation: str, arguments: tuple[object, ...]) -> list[Any]:
        wanted = self.checked_name(operation, arguments)
        return [value for field, value in self.fields if field == wanted]

    @method
    def get(self, *arguments: object) -> object:
        values = self._values("get", arguments)
        return values[0] if values else null

    @method
    def getAll(self, *arguments: object) -> JsArray:
        return JsArray(self._values("getAll", arguments))

    @method
    def has(self, *arguments: object) -> bool:
        return bool(self._values("has", arguments))

    @method
    def delete(self, *arguments: object) -> None:
        wanted = self.checked_name("delete", arguments)
        self.fields = [field for field in self.fields if field[0] != wanted]

    @method_as(ITERATOR)
    def iterate(self) -> JsIterator:
        return pairs(list(self.fields))

    @method
    def entries(self) -> JsIterator:
        return self.iterate()

    @method
    def keys(self) -> JsIterator:
        return JsIterator(iter([name for name, _ in self.fields]))

    @method
    def values(self) -> JsIterator:
        return JsIterator(iter([value for _, value in self.fields]))

    @method
    def forEach(self, callback: object = undefined) -> None:
        if not isinstance(callback, JsFunction):
            raise wrong_parameter("forEach", self.class_name, 1, "function")
        for name, value in list(self.fields):
            callback.invoke(undefined, (value, name, self))
