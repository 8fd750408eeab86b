"""The functions that a text defines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.errors import JsThrow, type_error
from pytest_cfbindings.javascript.objects import (
    JsConstructor,
    JsFunction,
    JsObject,
    PropertyKey,
)
from pytest_cfbindings.javascript.promises import JsPromise
from pytest_cfbindings.javascript.values import undefined

from . import syntax
from .running import (
    AsyncGeneratorObject,
    GeneratorObject,
    Steps,
    run,
    run_waiting,
)
from .scope import Frame, Scope
from .unsupported import Unsupported

if TYPE_CHECKING:
    from .evaluation import Evaluation


class ReturnValue(Exception):
    """`return` on its way to the call."""

    def __init__(self, value: object) -> None:
        self.value = value


class Closure:
    """A function's syntax with the scope it was met in."""

    def __init__(
        self,
        evaluation: Evaluation,
        node: syntax.Function,
        scope: Scope,
        home: JsConstructor | None = None,
        is_static: bool = False,
    ) -> None:
        self.evaluation = evaluation
        self.node = node
        self.scope = scope
        self.home = home
        self.is_static = is_static

    @property
    def length(self) -> int:
        """How many parameters come before the first that has a default."""
        kinds = (syntax.Default, syntax.Rest)
        marks = [isinstance(parameter, kinds) for parameter in self.node.parameters]
        return ([*marks, True]).index(True)

    def call(
        self,
        this: object,
        arguments: Sequence[object],
        frame: Frame | None = None,
    ) -> object:
        """Call it; asynchronous ones give a promise, generators an iterator."""
        steps = self._steps(this, arguments, frame)
        if self.node.is_generator:
            if self.node.is_async:
                return AsyncGeneratorObject(steps)
            return GeneratorObject(steps)
        if self.node.is_async:
            return JsPromise.run(run_waiting(steps))
        return run(steps)

    def _steps(
        self, this: object, arguments: Sequence[object], frame: Frame | None
    ) -> Steps:
        if self.node.is_arrow:
            scope = self.scope.inner()
        else:
            own = frame or Frame(this, self.home, self.is_static)
            scope = self.scope.inner(own)
            scope.declare("arguments", JsArray(arguments))
        for index, parameter in enumerate(self.node.parameters):
            if isinstance(parameter, syntax.Rest):
                rest = JsArray(arguments[index:])
                yield from self.evaluation.bind(parameter.target, rest, scope)
                break
            value = arguments[index] if index < len(arguments) else undefined
            yield from self.evaluation.bind(parameter, value, scope)
        return (yield from self._body(scope))

    def _body(self, scope: Scope) -> Steps:
        if not isinstance(self.node.body, syntax.Block):
            return (yield from self.evaluation.evaluate(self.node.body, scope))
        try:
            yield from self.evaluation.statements(self.node.body.body, scope)
        except ReturnValue as returned:
            return returned.value
        return undefined


class UserFunction(JsFunction):
    """An arrow function, a method, or anything else that `new` refuses."""

    __slots__ = ("closure",)
    class_name = "Function"

    def __init__(self, closure: Closure, name: str) -> None:
        super().__init__(_not_called, name)
        self.closure = closure

    def invoke(self, this: object, arguments: Sequence[object]) -> object:
        return self.closure.call(this, arguments)

    def js_lookup(self, key: PropertyKey) -> object:
        if key == "length" and key not in self.properties:
            return self.closure.length
        return super().js_lookup(key)

    def js_to_string(self) -> str:
        return self.closure.node.source


class PlainFunction(JsConstructor):
    """A `function`, which `new` can be used on."""

    __slots__ = ("closure",)
    class_name = "Function"

    def __init__(self, closure: Closure, name: str) -> None:
        super().__init__(made_class(name, JsObject), name)
        self.cls.constructor = self.cls.members["constructor"] = self
        self.closure = closure

    def invoke(self, this: object, arguments: Sequence[object]) -> object:
        return self.closure.call(this, arguments)

    def construct(self, arguments: Sequence[object]) -> object:
        made = self.cls()
        frame = Frame(made, new_target=self)
        result = self.closure.call(made, arguments, frame)
        return result if isinstance(result, JsObject) else made

    def js_lookup(self, key: PropertyKey) -> object:
        if key == "prototype":
            raise Unsupported("the prototype of a function")
        if key == "length" and key not in self.properties:
            return self.closure.length
        return super().js_lookup(key)

    def js_to_string(self) -> str:
        return self.closure.node.source


def _not_called(_this: object) -> object:
    raise AssertionError("invoke() does not come here")


def function_of(closure: Closure, name: str) -> JsFunction:
    """The function object of a closure."""
    node = closure.node
    plain = not (node.is_arrow or node.is_method or node.is_async or node.is_generator)
    return PlainFunction(closure, name) if plain else UserFunction(closure, name)


def made_class(name: str, base: type[JsObject]) -> type[JsObject]:
    """A class of JavaScript objects with that name."""
    body = {"__slots__": (), "class_name": name, "tag": base.tag}
    if base is JsObject:
        body["js_clone"] = lambda value, cloning: cloning.instance(value)
    return type(base)(name or "anonymous", (base,), body)


def not_callable(shown: str) -> JsThrow:
    """The TypeError for a call of what is no function."""
    return type_error(f"{shown} is not a function")
