"""Parses expressions."""

from . import syntax
from .functions import FunctionParser
from .lexer import RegExpText, TemplateText
from .syntax import Node
from .unsupported import Unsupported

_ASSIGNMENTS = (
    *("=", "+=", "-=", "*=", "/=", "%=", "**=", "<<=", ">>=", ">>>="),
    *("&=", "|=", "^=", "&&=", "||=", "??="),
)
_LEVELS = (
    ("??",),
    ("||",),
    ("&&",),
    ("|",),
    ("^",),
    ("&",),
    ("==", "!=", "===", "!=="),
    ("<", ">", "<=", ">=", "instanceof", "in"),
    ("<<", ">>", ">>>"),
    ("+", "-"),
    ("*", "/", "%"),
)
_UNARY = ("!", "-", "+", "~", "typeof", "void", "delete")
_CONSTANTS = {"true": True, "false": False}


class ExpressionParser(FunctionParser):
    """Operators, literals, calls and member access."""

    no_in = False
    """Whether `in` ends an expression, as in the head of a for statement."""

    def expression(self) -> Node:
        first = self.assignment()
        if not self.at(","):
            return first
        items = [first]
        while self.skip(","):
            items.append(self.assignment())
        return syntax.Sequence(items)

    def assignment(self) -> Node:
        if self.at("yield"):
            return self._yield()
        if self.arrow_comes():
            return self.arrow_function()
        left = self._conditional()
        if not self.at(*_ASSIGNMENTS):
            return left
        operator = str(self.take().value)
        target = self.as_pattern(left) if operator == "=" else left
        return syntax.Assign(operator, target, self.assignment())

    def _yield(self) -> Node:
        self.take()
        is_delegate = self.skip("*")
        if self.at(")", "]", "}", ",", ";", ":") or self.token.kind == "end":
            return syntax.Yield(None)
        return syntax.Yield(self.assignment(), is_delegate)

    def _conditional(self) -> Node:
        test = self._binary(0)
        if not self.skip("?"):
            return test
        then = self.assignment()
        self.expect(":")
        return syntax.Conditional(test, then, self.assignment())

    def _binary(self, level: int) -> Node:
        if level == len(_LEVELS):
            return self._power()
        left = self._binary(level + 1)
        while self.at(*_LEVELS[level]) and not (self.no_in and self.at("in")):
            operator = str(self.take().value)
            right = self._binary(level + 1)
            kind = syntax.Logical if level < 3 else syntax.Binary
            left = kind(operator, left, right)
        return left

    def _power(self) -> Node:
        base = self._unary()
        if self.skip("**"):
            return syntax.Binary("**", base, self._power())
        return base

    def _unary(self) -> Node:
        if self.at(*_UNARY):
            operator = str(self.take().value)
            return syntax.Unary(operator, self._unary())
        if self.at("await"):
            self.take()
            return syntax.Await(self._unary())
        if self.at("++", "--"):
            operator = str(self.take().value)
            return syntax.Update(operator, self._unary(), True)
        target = self.call()
        if self.at("++", "--") and not self.token.after_newline:
            return syntax.Update(str(self.take().value), target, False)
        return target

    def call(self) -> Node:
        """A primary expression and what is called on it or read from it."""
        node = self._new() if self.at("new") else self._primary()
        chained = False
        while True:
            if self.skip("?."):
                chained = True
                node = self._optional(node)
            elif self.at("(", ".", "["):
                node = self._link(node)
            elif self.token.kind == "template":
                raise Unsupported("a tagged template")
            else:
                return syntax.Chain(node) if chained else node

    def _optional(self, node: Node) -> Node:
        if self.at("("):
            return syntax.Call(node, self.arguments(), True)
        if self.skip("["):
            key = self.within("]")
            return syntax.Member(node, key, True)
        return syntax.Member(node, syntax.Constant(self.name()), True)

    def _link(self, node: Node) -> Node:
        if self.at("("):
            return syntax.Call(node, self.arguments())
        if self.skip("."):
            return syntax.Member(node, syntax.Constant(self.name()))
        self.expect("[")
        return syntax.Member(node, self.within("]"))

    def _new(self) -> Node:
        self.expect("new")
        if self.skip("."):
            self.expect("target")
            return syntax.NewTarget()
        callee = self._new() if self.at("new") else self._primary()
        while self.at(".", "["):
            callee = self._link(callee)
        return syntax.New(callee, self.arguments() if self.at("(") else [])

    def arguments(self) -> list[Node]:
        self.expect("(")
        return self._list(")")

    def _list(self, closing: str) -> list[Node]:
        items: list[Node] = []
        while not self.skip(closing):
            if self.at(","):
                self.take()
                items.append(syntax.Hole())
                continue
            if self.skip("..."):
                items.append(syntax.Spread(self.assignment()))
            else:
                items.append(self.assignment())
            if not self.at(closing):
                self.expect(",")
        return items

    def within(self, closing: str) -> Node:
        """An expression and its closing bracket."""
        before, self.no_in = self.no_in, False
        found = self.expression()
        self.no_in = before
        self.expect(closing)
        return found

    def _primary(self) -> Node:
        token = self.token
        if token.kind in ("number", "bigint", "string", "template", "regexp"):
            return self._literal()
        if token.kind == "name":
            return self._named()
        if self.skip("("):
            return self.within(")")
        if self.skip("["):
            return syntax.ArrayLiteral(self._list("]"))
        if self.at("{"):
            return self.object_literal()
        raise Unsupported(f"{token.value!r} where a value was expected")

    def _literal(self) -> Node:
        value = self.take().value
        if isinstance(value, RegExpText):
            return syntax.RegExp(value.pattern, value.flags)
        if isinstance(value, TemplateText):
            parts = [type(self)(self.source, part).expression() for part in value.parts]
            return syntax.Template(value.texts, parts)
        if self.ahead(-1).kind == "bigint":
            return syntax.BigInt(str(value))
        return syntax.Constant(value)

    def _named(self) -> Node:
        if self.at("function") or (self.at("async") and self.ahead_at(1, "function")):
            return self.function()
        if self.at("class"):
            return self.class_()
        name = self.name()
        if name in _CONSTANTS:
            return syntax.Constant(_CONSTANTS[name])
        if name == "null":
            return syntax.Null()
        if name == "this":
            return syntax.This()
        return syntax.Super() if name == "super" else syntax.Name(name)
