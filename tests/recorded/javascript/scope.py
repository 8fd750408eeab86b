"""Names and what they are bound to while a text is evaluated."""

from dataclasses import dataclass

from pytest_cfbindings.javascript.errors import JsReferenceError, JsThrow, type_error
from pytest_cfbindings.javascript.objects import JsConstructor, JsObject
from pytest_cfbindings.javascript.values import missing, undefined


@dataclass(slots=True)
class Frame:
    """What `this`, `super` and `new.target` stand for in a function's body."""

    this: object = undefined
    home: JsConstructor | None = None
    """The class whose body the function stands in."""
    is_static: bool = False
    new_target: JsConstructor | None = None


class Scope:
    """The bindings of a block, over those around it; outermost is globalThis."""

    def __init__(
        self, parent: "Scope | None", frame: Frame, global_object: JsObject
    ) -> None:
        self.parent = parent
        self.frame = frame
        self.global_object = global_object
        self.values: dict[str, object] = {}
        self.constants: set[str] = set()

    def inner(self, frame: Frame | None = None) -> "Scope":
        """A scope inside this one."""
        return Scope(self, frame or self.frame, self.global_object)

    def declare(self, name: str, value: object, kind: str = "let") -> None:
        """Bind a name here; a `var` of the outermost scope is a global property."""
        if kind == "var" and self.parent is None:
            self.global_object.js_set(name, value)
            return
        self.values[name] = value
        if kind == "const":
            self.constants.add(name)

    def find(self, name: str) -> object:
        """The value of a name, or `missing` if it is bound nowhere."""
        owner = self._owner(name)
        if owner is not None:
            return owner.values[name]
        return self.global_object.js_lookup(name)

    def _owner(self, name: str) -> "Scope | None":
        scope: Scope | None = self
        while scope is not None and name not in scope.values:
            scope = scope.parent
        return scope

    def get(self, name: str) -> object:
        """The value of a name. Raises a ReferenceError."""
        found = self.find(name)
        if found is missing:
            raise JsThrow(JsReferenceError(f"{name} is not defined"))
        return found

    def assign(self, name: str, value: object) -> None:
        """Give a name another value; a new one becomes a global property."""
        owner = self._owner(name)
        if owner is None:
            self.global_object.js_set(name, value)
        elif name in owner.constants:
            raise type_error("Assignment to constant variable.")
        else:
            owner.values[name] = value
