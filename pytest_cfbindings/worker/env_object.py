"""The JavaScript `env` that a Worker gets."""

from collections.abc import Callable

from ..javascript.objects import JsObject, PropertyKey
from ..javascript.values import missing
from .wrappers import EnvWrappers


class EnvObject(JsObject):
    """One object for the whole session; its properties are the active bindings."""

    __slots__ = ("explain", "wrappers")

    def __init__(self, explain: Callable[[str], str]) -> None:
        super().__init__()
        self.explain = explain
        """Says why there is no binding of a name, and what to do."""
        self.wrappers = EnvWrappers()

    def show(self, bindings: dict[PropertyKey, object]) -> None:
        """Have these properties; who has kept others reads them anew."""
        if self.properties != bindings:
            self.properties = bindings
            self.wrappers.forget_bindings()

    def js_lookup(self, key: PropertyKey) -> object:
        found = super().js_lookup(key)
        if found is missing and isinstance(key, str):
            # Production raises the bare name; the note is for whoever reads the test.
            absent = AttributeError(key)
            absent.add_note(self.explain(key))
            raise absent
        self.wrappers.note_reader()
        return found
