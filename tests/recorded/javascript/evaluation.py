"""Evaluates a text: what is common to expressions and statements."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

from pytest_cfbindings.ffi.proxy import class_without_new
from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.boxed import boxed
from pytest_cfbindings.javascript.conversions import to_string
from pytest_cfbindings.javascript.errors import JsThrow, PythonError, type_error
from pytest_cfbindings.javascript.iteration import iterate
from pytest_cfbindings.javascript.objects import (
    JsConstructor,
    JsFunction,
    JsObject,
    NotCallable,
    NotConstructible,
    ReadOnly,
)
from pytest_cfbindings.javascript.values import is_nullish, missing, undefined

from . import syntax
from .operators import owner_of, property_key
from .running import Steps
from .scope import Scope
from .syntax import Node
from .unsupported import Unsupported


class Evaluation:
    """Patterns, calls and member access; subclasses know expressions and statements."""

    def evaluate(self, node: Node, scope: Scope, name: str = "") -> Steps:
        """The value of an expression; `name` is what a function in it is called."""
        raise NotImplementedError

    def statements(self, body: Iterable[Node], scope: Scope) -> Steps:
        """Execute statements one after the other."""
        raise NotImplementedError

    def bind(
        self, pattern: Node, value: object, scope: Scope, kind: str = "let"
    ) -> Steps:
        """Bind the names of a pattern; without a kind, assign to its targets."""
        if isinstance(pattern, syntax.Default):
            if value is undefined:
                value = yield from self.evaluate(pattern.value, scope)
            yield from self.bind(pattern.target, value, scope, kind)
        elif isinstance(pattern, syntax.ArrayPattern):
            yield from self._bind_items(pattern, value, scope, kind)
        elif isinstance(pattern, syntax.ObjectPattern):
            yield from self._bind_entries(pattern, value, scope, kind)
        elif isinstance(pattern, syntax.Member):
            owner = yield from self.evaluate(pattern.object, scope)
            key = yield from self.evaluate(pattern.key, scope)
            write(owner, key, value)
        elif not isinstance(pattern, syntax.Name):
            raise Unsupported(f"{type(pattern).__name__} as the target of a value")
        elif kind:
            scope.declare(pattern.name, value, kind)
        else:
            scope.assign(pattern.name, value)
        return undefined

    def _bind_items(
        self, pattern: syntax.ArrayPattern, value: object, scope: Scope, kind: str
    ) -> Steps:
        items = iterate(value)
        for target in pattern.items:
            if isinstance(target, syntax.Rest):
                yield from self.bind(target.target, JsArray(items), scope, kind)
            elif isinstance(target, syntax.Hole):
                next(items, undefined)
            else:
                yield from self.bind(target, next(items, undefined), scope, kind)
        return undefined

    def _bind_entries(
        self, pattern: syntax.ObjectPattern, value: object, scope: Scope, kind: str
    ) -> Steps:
        if is_nullish(value):
            raise type_error(
                f"Cannot destructure '{to_string(value)}' as it is {to_string(value)}."
            )
        taken = set()
        for key_node, target in pattern.entries:
            key = property_key((yield from self.evaluate(key_node, scope)))
            taken.add(key)
            yield from self.bind(target, read(value, key), scope, kind)
        if pattern.rest is not None and isinstance(value, JsObject):
            names = [name for name in value.js_keys() if name not in taken]
            rest = JsObject({name: value.js_get(name) for name in names})
            yield from self.bind(pattern.rest, rest, scope, kind)
        return undefined

    def arguments(self, nodes: list[Node], scope: Scope) -> Steps:
        """The values of a list of items, spread ones taken apart."""
        values: list[object] = []
        for node in nodes:
            if isinstance(node, syntax.Spread):
                values.extend(iterate((yield from self.evaluate(node.value, scope))))
            elif isinstance(node, syntax.Hole):
                values.append(undefined)
            else:
                values.append((yield from self.evaluate(node, scope)))
        return values


def read(value: object, key: object) -> object:
    """`value[key]`."""
    return owner_of(value, key).js_get(property_key(key))


def write(value: object, key: object, new: object) -> None:
    """`value[key] = new`; like sloppy code, it leaves alone what is read-only."""
    with contextlib.suppress(ReadOnly):
        owner_of(value, key, "set").js_set(property_key(key), new)


def call(function: object, this: object, arguments: list[object], shown: str) -> object:
    """Call a value; `shown` is how the text names it."""
    if not isinstance(function, JsFunction):
        raise type_error(f"{shown} is not a function")
    if function.owner is not None and not is_nullish(this):
        this = boxed(this)
    try:
        return function.invoke(this, arguments)
    except NotCallable as refused:
        raise class_without_new(refused) from None


def construct(function: object, arguments: list[object], shown: str) -> object:
    """`new function(...arguments)`."""
    if not isinstance(function, JsConstructor):
        raise type_error(f"{shown} is not a constructor")
    try:
        return function.construct(arguments)
    except NotConstructible:
        raise type_error("Illegal constructor") from None


def caught(exception: Exception) -> object:
    """What `catch` binds."""
    if isinstance(exception, JsThrow):
        return exception.value
    return PythonError.of(exception)


def shown(node: Node) -> str:
    """How V8's messages name an expression."""
    if isinstance(node, syntax.Name):
        return node.name
    if isinstance(node, syntax.Member):
        if isinstance(node.key, syntax.Constant):
            return f"{shown(node.object)}.{node.key.value}"
        return f"{shown(node.object)}[...]"
    if isinstance(node, syntax.This):
        return "this"
    return "(intermediate value)"


def found(scope: Scope, node: syntax.Name) -> object:
    """The value of a name, undefined if there is none, for `typeof`."""
    value = scope.find(node.name)
    return undefined if value is missing else value
