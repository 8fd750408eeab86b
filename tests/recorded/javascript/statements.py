"""Executes statements."""

from collections.abc import Callable, Iterable

from pytest_cfbindings.javascript.conversions import truthy
from pytest_cfbindings.javascript.errors import JsThrow
from pytest_cfbindings.javascript.iteration import iterate
from pytest_cfbindings.javascript.objects import (
    ASYNC_ITERATOR,
    JsFunction,
    JsObject,
)
from pytest_cfbindings.javascript.values import undefined

from . import syntax
from .evaluated_expressions import Expressions
from .evaluation import call, caught, read
from .operators import strictly_equal
from .parser import parse
from .running import Steps, Waiting, run
from .scope import Frame, Scope
from .syntax import Node
from .unsupported import Unsupported
from .user_functions import Closure, ReturnValue, function_of


class _Break(Exception):
    """Its argument is the label."""


class _Continue(Exception):
    """Its argument is the label."""


class Interpreter(Expressions):
    """Runs a text as an indirect eval does: what it assigns lands on globalThis."""

    def __init__(self, global_object: JsObject) -> None:
        self.global_object = global_object
        self.labels: dict[int, str] = {}
        """The labels of loops, by the identity of the loop's body."""

    def run(self, source: str) -> None:
        """Run a text. Raises Unsupported before anything is run, where it can."""
        program = parse(source)
        frame = Frame(self.global_object)
        run(self.statements(program, Scope(None, frame, self.global_object)))

    def statements(self, body: Iterable[Node], scope: Scope) -> Steps:
        body = list(body)
        for node in body:
            if isinstance(node, syntax.FunctionDeclaration):
                closure = Closure(self, node.function, scope)
                made = function_of(closure, node.function.name)
                scope.declare(node.function.name, made, "var")
        for node in body:
            yield from self.execute(node, scope)
        return undefined

    def execute(self, node: Node, scope: Scope) -> Steps:
        """Execute one statement."""
        known: Callable[[Node, Scope], Steps] | None
        known = getattr(self, f"_do_{type(node).__name__.lower()}", None)
        if known is None:
            raise Unsupported(f"{type(node).__name__} as a statement")
        yield from known(node, scope)
        return undefined

    def _do_empty(self, _node: syntax.Empty, _scope: Scope) -> Steps:
        return undefined
        yield

    _do_functiondeclaration = _do_empty

    def _do_block(self, node: syntax.Block, scope: Scope) -> Steps:
        return (yield from self.statements(node.body, scope.inner()))

    def _do_expression(self, node: syntax.Expression, scope: Scope) -> Steps:
        return (yield from self.evaluate(node.value, scope))

    def _do_declaration(self, node: syntax.Declaration, scope: Scope) -> Steps:
        for target, source in node.entries:
            value: object = undefined
            if source is not None:
                name = target.name if isinstance(target, syntax.Name) else ""
                value = yield from self.evaluate(source, scope, name)
            yield from self.bind(target, value, scope, node.kind)
        return undefined

    def _do_classdeclaration(
        self, node: syntax.ClassDeclaration, scope: Scope
    ) -> Steps:
        made = yield from self.evaluate(node.cls, scope)
        scope.declare(node.cls.name, made)
        return undefined

    def _do_if(self, node: syntax.If, scope: Scope) -> Steps:
        if truthy((yield from self.evaluate(node.test, scope))):
            yield from self.execute(node.then, scope)
        elif node.otherwise is not None:
            yield from self.execute(node.otherwise, scope)
        return undefined

    def _body(self, node: Node, scope: Scope) -> Steps:
        """One turn of a loop; whether the loop goes on."""
        try:
            yield from self.execute(node, scope)
        except _Break as jump:
            if jump.args[0] not in ("", self.labels.get(id(node))):
                raise
            return False
        except _Continue as jump:
            if jump.args[0] not in ("", self.labels.get(id(node))):
                raise
        return True

    def _do_labelled(self, node: syntax.Labelled, scope: Scope) -> Steps:
        if isinstance(node.body, (syntax.For, syntax.ForEach, syntax.While)):
            self.labels[id(node.body.body)] = node.label
        try:
            yield from self.execute(node.body, scope)
        except _Break as jump:
            if jump.args[0] != node.label:
                raise
        return undefined

    def _do_for(self, node: syntax.For, scope: Scope) -> Steps:
        inner = scope.inner()
        if node.start is not None:
            yield from self.execute(node.start, inner)
        while node.test is None or truthy((yield from self.evaluate(node.test, inner))):
            # Each turn has its own copy of the loop's names, for functions made in it.
            turn = scope.inner()
            turn.values = dict(inner.values)
            if not (yield from self._body(node.body, turn)):
                break
            inner = scope.inner()
            inner.values = dict(turn.values)
            if node.step is not None:
                yield from self.evaluate(node.step, inner)
        return undefined

    def _do_while(self, node: syntax.While, scope: Scope) -> Steps:
        go_on: object = node.body_first
        while go_on or truthy((yield from self.evaluate(node.test, scope))):
            go_on = False
            if not (yield from self._body(node.body, scope)):
                break
        return undefined

    def _do_foreach(self, node: syntax.ForEach, scope: Scope) -> Steps:
        source = yield from self.evaluate(node.source, scope)
        if node.is_await:
            return (yield from self._for_await(node, source, scope))
        if node.is_in:
            items = iter(source.js_keys() if isinstance(source, JsObject) else [])
        else:
            items = iterate(source)
        for item in items:
            if not (yield from self._turn(node, item, scope)):
                break
        return undefined

    def _turn(self, node: syntax.ForEach, item: object, scope: Scope) -> Steps:
        inner = scope.inner()
        yield from self.bind(node.target, item, inner, node.kind)
        return (yield from self._body(node.body, inner))

    def _for_await(self, node: syntax.ForEach, source: object, scope: Scope) -> Steps:
        start = source.js_get(ASYNC_ITERATOR) if isinstance(source, JsObject) else None
        if not isinstance(start, JsFunction):
            for item in iterate(source):
                value = yield Waiting(item)
                if not (yield from self._turn(node, value, scope)):
                    break
            return undefined
        iterator = start.invoke(source, ())
        while True:
            result = yield Waiting(call(read(iterator, "next"), iterator, [], "next"))
            if truthy(read(result, "done")):
                return undefined
            if not (yield from self._turn(node, read(result, "value"), scope)):
                stop = read(iterator, "return")
                if isinstance(stop, JsFunction):
                    yield Waiting(stop.invoke(iterator, ()))
                return undefined

    def _do_return(self, node: syntax.Return, scope: Scope) -> Steps:
        value: object = undefined
        if node.value is not None:
            value = yield from self.evaluate(node.value, scope)
        raise ReturnValue(value)

    def _do_throw(self, node: syntax.Throw, scope: Scope) -> Steps:
        raise JsThrow((yield from self.evaluate(node.value, scope)))

    def _do_jump(self, node: syntax.Jump, _scope: Scope) -> Steps:
        raise (_Break if node.kind == "break" else _Continue)(node.label)
        yield

    def _do_try(self, node: syntax.Try, scope: Scope) -> Steps:
        try:
            yield from self._guarded(node, scope)
        finally:
            if node.finalizer is not None:
                yield from self.execute(node.finalizer, scope)
        return undefined

    def _guarded(self, node: syntax.Try, scope: Scope) -> Steps:
        if node.handler is None:
            return (yield from self.execute(node.block, scope))
        try:
            return (yield from self.execute(node.block, scope))
        except (ReturnValue, _Break, _Continue, Unsupported):
            raise
        except Exception as exception:
            inner = scope.inner()
            if node.parameter is not None:
                yield from self.bind(node.parameter, caught(exception), inner)
        return (yield from self.execute(node.handler, inner))

    def _do_switch(self, node: syntax.Switch, scope: Scope) -> Steps:
        value = yield from self.evaluate(node.value, scope)
        inner = scope.inner()
        begin = None
        for index, (test, _) in enumerate(node.cases):
            if test is None:
                continue
            if strictly_equal(value, (yield from self.evaluate(test, inner))):
                begin = index
                break
        if begin is None:
            tests = [test for test, _ in node.cases]
            begin = tests.index(None) if None in tests else len(tests)
        try:
            for _, body in node.cases[begin:]:
                yield from self.statements(body, inner)
        except _Break as jump:
            if jump.args[0]:
                raise
        return undefined
