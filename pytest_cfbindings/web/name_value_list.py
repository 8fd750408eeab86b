"""What FormData and URLSearchParams share: a list of names with values, in order."""

from typing import Any

from ..javascript.arrays import JsArray, pairs
from ..javascript.callbacks import checked_function
from ..javascript.conversions import to_string
from ..javascript.iterators import JsIterator
from ..javascript.objects import ITERATOR, JsObject, method, method_as
from ..javascript.values import null, undefined


class NameValueList(JsObject):
    """Entries by name; a name may occur again."""

    __slots__ = ("fields",)

    def __init__(self, fields: list[tuple[str, Any]] | None = None) -> None:
        super().__init__()
        self.fields = fields or []

    def put(self, name: str, value: Any) -> None:
        """Replace the first entry of a name and drop the others, or append one."""
        names = [field for field, _ in self.fields]
        place = names.index(name) if name in names else len(names)
        rest = [field for field in self.fields[place:] if field[0] != name]
        self.fields[place:] = [(name, value), *rest]

    def _values(self, name: object) -> list[Any]:
        wanted = to_string(name)
        return [value for field, value in self.fields if field == wanted]

    @method
    def get(self, name: object = undefined) -> object:
        values = self._values(name)
        return values[0] if values else null

    @method
    def getAll(self, name: object = undefined) -> JsArray:
        return JsArray(self._values(name))

    @method
    def has(self, name: object = undefined) -> bool:
        return bool(self._values(name))

    @method
    def delete(self, name: object = undefined) -> None:
        wanted = to_string(name)
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
        function = checked_function(callback)
        for name, value in list(self.fields):
            function.invoke(undefined, (value, name, self))
