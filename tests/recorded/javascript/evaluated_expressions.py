"""Evaluates expressions."""

from collections.abc import Callable

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.conversions import to_string, truthy
from pytest_cfbindings.javascript.errors import JsReferenceError, JsThrow
from pytest_cfbindings.javascript.iteration import iterate
from pytest_cfbindings.javascript.objects import (
    Accessor,
    JsConstructor,
    JsObject,
    PropertyKey,
    own_entries,
)
from pytest_cfbindings.javascript.regexps import JsRegExp
from pytest_cfbindings.javascript.values import (
    JsBigInt,
    is_nullish,
    missing,
    null,
    undefined,
)

from . import syntax
from .evaluation import Evaluation, call, construct, found, read, shown, write
from .operators import binary, property_key, short_circuits, unary
from .running import Steps, Waiting, Yielded
from .scope import Frame, Scope
from .syntax import Node
from .unsupported import Unsupported
from .user_classes import UserClass, put
from .user_functions import Closure, function_of


class _CutShort(Exception):
    """`?.` met undefined or null."""


class Expressions(Evaluation):
    """One method for each kind of expression."""

    def evaluate(self, node: Node, scope: Scope, name: str = "") -> Steps:
        kind = type(node)
        if isinstance(node, syntax.Function):
            return function_of(Closure(self, node, scope), node.name or name)
        if isinstance(node, syntax.Class):
            return (yield from self._class(node, scope, name))
        known: Callable[[Node, Scope], Steps] | None
        known = getattr(self, f"_{kind.__name__.lower()}", None)
        if known is None:
            raise Unsupported(f"{kind.__name__} as an expression")
        return (yield from known(node, scope))

    def _constant(self, node: syntax.Constant, _scope: Scope) -> Steps:
        return node.value
        yield

    def _null(self, _node: syntax.Null, _scope: Scope) -> Steps:
        return null
        yield

    def _bigint(self, node: syntax.BigInt, _scope: Scope) -> Steps:
        return JsBigInt(node.digits)
        yield

    def _regexp(self, node: syntax.RegExp, _scope: Scope) -> Steps:
        return JsRegExp(node.pattern, node.flags)
        yield

    def _template(self, node: syntax.Template, scope: Scope) -> Steps:
        text = node.texts[0]
        for part, after in zip(node.parts, node.texts[1:], strict=True):
            text += to_string((yield from self.evaluate(part, scope))) + after
        return text

    def _name(self, node: syntax.Name, scope: Scope) -> Steps:
        return scope.get(node.name)
        yield

    def _this(self, _node: syntax.This, scope: Scope) -> Steps:
        if scope.frame.this is missing:
            raise JsThrow(
                JsReferenceError(
                    "Must call super constructor in derived class before accessing"
                    " 'this' or returning from derived constructor"
                )
            )
        return scope.frame.this
        yield

    def _newtarget(self, _node: syntax.NewTarget, scope: Scope) -> Steps:
        return scope.frame.new_target
        yield

    def _arrayliteral(self, node: syntax.ArrayLiteral, scope: Scope) -> Steps:
        items = yield from self.arguments(node.items, scope)
        assert isinstance(items, list)
        return JsArray(items)

    def _objectliteral(self, node: syntax.ObjectLiteral, scope: Scope) -> Steps:
        made = JsObject()
        for member in node.members:
            if isinstance(member, syntax.Spread):
                source = yield from self.evaluate(member.value, scope)
                if isinstance(source, JsObject):
                    made.properties.update(own_entries(source))
                continue
            assert isinstance(member, syntax.Property)
            assert member.value is not None
            key = property_key((yield from self.evaluate(member.key, scope)))
            if isinstance(member.value, syntax.Function) and member.kind != "value":
                closure = Closure(self, member.value, scope)
                put(made.properties, key, member.kind, closure)
            else:
                value = yield from self.evaluate(member.value, scope, str(key))
                made.properties[key] = value
        return made

    def _class(self, node: syntax.Class, scope: Scope, name: str) -> Steps:
        base = None
        if node.base is not None:
            base = yield from self.evaluate(node.base, scope)
            if not isinstance(base, JsConstructor):
                raise Unsupported("a class that extends no class")
        inner = scope.inner()
        made = UserClass(self, node, node.name or name, base, inner)
        if node.name:
            inner.declare(node.name, made)
        static = inner.inner(_static_frame(made))
        last: list[tuple[object, Node | None]] = []
        for member in node.members:
            if isinstance(member, syntax.StaticBlock):
                last.append((None, member.body))
                continue
            assert isinstance(member, syntax.Property)
            key = property_key((yield from self.evaluate(member.key, scope)))
            field = made.define(member, key)
            if field is not None:
                last.append(field)
        # Static fields and blocks come when the class has all its methods.
        for key_or_none, value in last:
            if isinstance(value, syntax.Block):
                yield from self.statements(value.body, static.inner())
            elif key_or_none is not None:
                made.properties[key_or_none] = (  # type: ignore[index]
                    undefined
                    if value is None
                    else (yield from self.evaluate(value, static, str(key_or_none)))
                )
        return made

    def _unary(self, node: syntax.Unary, scope: Scope) -> Steps:
        if node.operator == "delete":
            return (yield from self._delete(node.operand, scope))
        if node.operator == "typeof" and isinstance(node.operand, syntax.Name):
            return unary("typeof", found(scope, node.operand))
        return unary(node.operator, (yield from self.evaluate(node.operand, scope)))

    def _delete(self, node: Node, scope: Scope) -> Steps:
        if not isinstance(node, syntax.Member):
            return True
        owner = yield from self.evaluate(node.object, scope)
        key = property_key((yield from self.evaluate(node.key, scope)))
        if isinstance(owner, JsObject):
            owner.js_delete(key)
        return True

    def _binary(self, node: syntax.Binary, scope: Scope) -> Steps:
        left = yield from self.evaluate(node.left, scope)
        return binary(
            node.operator, left, (yield from self.evaluate(node.right, scope))
        )

    def _logical(self, node: syntax.Logical, scope: Scope) -> Steps:
        left = yield from self.evaluate(node.left, scope)
        if short_circuits(node.operator, left):
            return left
        return (yield from self.evaluate(node.right, scope))

    def _conditional(self, node: syntax.Conditional, scope: Scope) -> Steps:
        test = yield from self.evaluate(node.test, scope)
        chosen = node.then if truthy(test) else node.otherwise
        return (yield from self.evaluate(chosen, scope))

    def _sequence(self, node: syntax.Sequence, scope: Scope) -> Steps:
        value: object = undefined
        for item in node.items:
            value = yield from self.evaluate(item, scope)
        return value

    def _assign(self, node: syntax.Assign, scope: Scope) -> Steps:
        name = node.target.name if isinstance(node.target, syntax.Name) else ""
        if node.operator == "=":
            if isinstance(node.target, syntax.Member):
                return (yield from self._assign_member(node.target, node.value, scope))
            value = yield from self.evaluate(node.value, scope, name)
            yield from self.bind(node.target, value, scope, "")
            return value
        operator = node.operator[:-1]
        value = yield from self.evaluate(node.target, scope)
        if operator in ("&&", "||", "??"):
            if short_circuits(operator, value):
                return value
            value = yield from self.evaluate(node.value, scope, name)
        else:
            right = yield from self.evaluate(node.value, scope)
            value = binary(operator, value, right)
        yield from self.bind(node.target, value, scope, "")
        return value

    def _assign_member(
        self, target: syntax.Member, source: Node, scope: Scope
    ) -> Steps:
        owner = yield from self.evaluate(target.object, scope)
        key = yield from self.evaluate(target.key, scope)
        value = yield from self.evaluate(source, scope)
        write(owner, key, value)
        return value

    def _update(self, node: syntax.Update, scope: Scope) -> Steps:
        before = unary("-", (yield from self.evaluate(node.target, scope)))
        before = unary("-", before)
        one = JsBigInt(1) if isinstance(before, JsBigInt) else 1
        after = binary(node.operator[0], before, one)
        yield from self.bind(node.target, after, scope, "")
        return after if node.is_prefix else before

    def _chain(self, node: syntax.Chain, scope: Scope) -> Steps:
        try:
            return (yield from self.evaluate(node.expression, scope))
        except _CutShort:
            return undefined

    def _member(self, node: syntax.Member, scope: Scope) -> Steps:
        _, value = yield from self._reference(node, scope)
        return value

    def _reference(self, node: syntax.Member, scope: Scope) -> Steps:
        """The object of a member, and the member's value."""
        if isinstance(node.object, syntax.Super):
            key = property_key((yield from self.evaluate(node.key, scope)))
            return scope.frame.this, _of_base(scope, key)
        owner = yield from self.evaluate(node.object, scope)
        if node.is_optional and is_nullish(owner):
            raise _CutShort
        return owner, read(owner, (yield from self.evaluate(node.key, scope)))

    def _call(self, node: syntax.Call, scope: Scope) -> Steps:
        if isinstance(node.callee, syntax.Super):
            home = scope.frame.home
            arguments = yield from self.arguments(node.arguments, scope)
            assert isinstance(home, UserClass)
            assert isinstance(arguments, list)
            return home.call_super(arguments, scope.frame)
        this: object = undefined
        if isinstance(node.callee, syntax.Member):
            this, function = yield from self._reference(node.callee, scope)
        else:
            function = yield from self.evaluate(node.callee, scope)
        if node.is_optional and is_nullish(function):
            raise _CutShort
        arguments = yield from self.arguments(node.arguments, scope)
        assert isinstance(arguments, list)
        return call(function, this, arguments, shown(node.callee))

    def _new(self, node: syntax.New, scope: Scope) -> Steps:
        function = yield from self.evaluate(node.callee, scope)
        arguments = yield from self.arguments(node.arguments, scope)
        assert isinstance(arguments, list)
        return construct(function, arguments, shown(node.callee))

    def _await(self, node: syntax.Await, scope: Scope) -> Steps:
        return (yield Waiting((yield from self.evaluate(node.value, scope))))

    def _yield(self, node: syntax.Yield, scope: Scope) -> Steps:
        value: object = undefined
        if node.value is not None:
            value = yield from self.evaluate(node.value, scope)
        if not node.is_delegate:
            return (yield Yielded(value))
        for item in iterate(value):
            yield Yielded(item)
        return undefined


def _static_frame(cls: UserClass) -> Frame:
    return Frame(cls, cls, is_static=True)


def _of_base(scope: Scope, key: PropertyKey) -> object:
    """`super[key]`."""
    home = scope.frame.home
    assert isinstance(home, UserClass)
    base = home.base or JsObject.constructor
    if scope.frame.is_static:
        return base.js_get(key)
    this = scope.frame.this
    value = base.cls.members.get(key, undefined)
    if isinstance(value, Accessor) and isinstance(this, JsObject):
        return value.read(this)
    return value
