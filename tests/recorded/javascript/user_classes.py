"""The classes that a text defines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pytest_cfbindings.javascript.errors import JsError, type_error
from pytest_cfbindings.javascript.objects import (
    Accessor,
    JsConstructor,
    JsObject,
    PropertyKey,
)
from pytest_cfbindings.javascript.values import missing

from . import syntax
from .running import Steps, run
from .scope import Frame, Scope
from .unsupported import Unsupported
from .user_functions import Closure, UserFunction, made_class

if TYPE_CHECKING:
    from .evaluation import Evaluation


class UserClass(JsConstructor):
    """A class; its instances are those of a Python class made for it."""

    __slots__ = ("base", "evaluation", "fields", "initializer", "scope", "source")
    class_name = "Function"

    def __init__(
        self,
        evaluation: Evaluation,
        node: syntax.Class,
        name: str,
        base: JsConstructor | None,
        scope: Scope,
    ) -> None:
        super().__init__(made_class(name, base.cls if base else JsObject), name)
        self.cls.constructor = self.cls.members["constructor"] = self
        self.evaluation = evaluation
        self.source = node.source
        self.base = base
        self.scope = scope
        self.initializer: Closure | None = None
        self.fields: list[tuple[PropertyKey, syntax.Node | None]] = []

    def js_to_string(self) -> str:
        return self.source

    def js_lookup(self, key: PropertyKey) -> object:
        if key == "prototype":
            raise Unsupported("the prototype of a class")
        if key not in self.properties and self.base is not None:
            return self.base.js_lookup(key) if key != "name" else self.name
        return super().js_lookup(key)

    def invoke(self, this: object, arguments: Sequence[object]) -> object:
        raise type_error(
            f"Class constructor {self.name} cannot be invoked without 'new'"
        )

    def construct(self, arguments: Sequence[object]) -> object:
        return self.create(arguments, self)

    def create(self, arguments: Sequence[object], target: JsConstructor) -> object:
        """`new target(...)`, as far as this class has a part in it."""
        frame = Frame(missing, self, new_target=target)
        if self.base is None:
            frame.this = target.cls()
            self.set_fields(frame)
        if self.initializer is None:
            if self.base is not None:
                self.call_super(arguments, frame)
            return frame.this
        result = self.initializer.call(missing, arguments, frame)
        return result if isinstance(result, JsObject) else frame.this

    def call_super(self, arguments: Sequence[object], frame: Frame) -> object:
        """`super(...)` in a constructor."""
        target = frame.new_target
        assert target is not None
        if isinstance(self.base, UserClass):
            frame.this = self.base.create(arguments, target)
        else:
            frame.this = _built_in(self.base, arguments, target.cls)
        self.set_fields(frame)
        return frame.this

    def set_fields(self, frame: Frame) -> None:
        """Give a new instance the fields of the class body."""
        this = frame.this
        assert isinstance(this, JsObject)
        for key, value in self.fields:
            this.properties[key] = run(self._field(value, frame))

    def _field(self, value: syntax.Node | None, frame: Frame) -> Steps:
        if value is None:
            return None
        return (yield from self.evaluation.evaluate(value, self.scope.inner(frame)))

    def define(
        self, member: syntax.Property, key: PropertyKey
    ) -> tuple[PropertyKey, syntax.Node | None] | None:
        """Take in a member of the class body; a static field is left to the caller."""
        if member.kind == "value":
            if member.is_static:
                return key, member.value
            self.fields.append((key, member.value))
            return None
        assert isinstance(member.value, syntax.Function)
        closure = Closure(
            self.evaluation, member.value, self.scope, self, member.is_static
        )
        if key == "constructor" and not member.is_static:
            self.initializer = closure
            return None
        owner = self.properties if member.is_static else self.cls.members
        put(owner, key, member.kind, closure)
        return None


def put(
    owner: dict[PropertyKey, object], key: PropertyKey, kind: str, closure: Closure
) -> None:
    """Put a method, getter or setter among the members of an object or class."""
    if kind == "method":
        owner[key] = UserFunction(closure, str(key))
        return
    before = owner.get(key)
    accessor = before if isinstance(before, Accessor) else Accessor(lambda _this: None)

    def read(this: JsObject) -> object:
        return closure.call(this, ())

    def write(this: JsObject, value: object) -> None:
        closure.call(this, (value,))

    if kind == "get":
        owner[key] = Accessor(read, accessor.write)
    else:
        owner[key] = Accessor(accessor.read, write)


def _built_in(
    base: JsConstructor | None, arguments: Sequence[object], cls: type[JsObject]
) -> JsObject:
    """An instance of a class that has a built-in one for its base."""
    assert base is not None
    if base.cls is JsObject:
        return cls()
    made = JsConstructor(cls).construct(arguments)
    if not isinstance(made, cls):
        raise Unsupported(f"a class that extends {base.name}")
    if isinstance(made, JsError):
        made.name = base.cls.class_name
    return made
