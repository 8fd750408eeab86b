"""Names of the platform that storage tests have no need of: using them is refused."""

from ..javascript.errors import error
from ..javascript.objects import JsObject, PropertyKey
from ..javascript.values import missing

NAMES = ("HTMLRewriter", "caches", "process")


class NotEmulated(JsObject):
    """Stands under such a name; asking anything of it raises an Error."""

    __slots__ = ("_name",)

    class_name = "NotEmulated"

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def js_lookup(self, key: PropertyKey) -> object:
        if not isinstance(key, str) or key == "then":
            return missing
        raise error(
            f"js.{self._name} is not emulated by pytest-cfbindings: keep {self._name}"
            " out of the code under test, or replace it there with a fake of your own."
        )

    def js_has(self, key: PropertyKey) -> bool:
        return False

    def js_to_string(self) -> str:
        return f"[object {self._name}]"
