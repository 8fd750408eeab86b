"""Parses functions, classes, object literals and patterns."""

from typing import Literal

from . import syntax
from .syntax import Node
from .token_reader import TokenReader
from .unsupported import Unsupported

Kind = Literal["value", "method", "get", "set"]


class FunctionParser(TokenReader):
    """What has parameters and a body, and the members of objects and classes."""

    def expression(self) -> Node:
        raise NotImplementedError

    def assignment(self) -> Node:
        raise NotImplementedError

    def call(self) -> Node:
        raise NotImplementedError

    def block(self) -> syntax.Block:
        raise NotImplementedError

    def within(self, closing: str) -> Node:
        raise NotImplementedError

    def function(self) -> syntax.Function:
        """A function expression or declaration."""
        start = self.token
        is_async = self.skip("async")
        self.expect("function")
        is_generator = self.skip("*")
        name = "" if self.at("(") else self.name()
        parameters = self.parameters()
        body = self.block()
        return syntax.Function(
            name,
            parameters,
            body,
            self.text_since(start),
            is_async=is_async,
            is_generator=is_generator,
        )

    def arrow_comes(self) -> bool:
        """Whether an arrow function begins here."""
        first = int(self.at("async") and not self.ahead(1).after_newline)
        if first and self.ahead_at(1, "=>"):
            first = 0
        if self.ahead_at(first, "("):
            return self.ahead_at(self.behind_bracket(first), "=>")
        return self.ahead(first).kind == "name" and self.ahead_at(first + 1, "=>")

    def arrow_function(self) -> syntax.Function:
        start = self.token
        is_async = self.at("async") and not self.ahead_at(1, "=>")
        if is_async:
            self.take()
        parameters = self.parameters() if self.at("(") else [syntax.Name(self.name())]
        self.expect("=>")
        body: Node = self.block() if self.at("{") else self.assignment()
        source = self.text_since(start)
        return syntax.Function(
            "", parameters, body, source, is_arrow=True, is_async=is_async
        )

    def parameters(self) -> list[Node]:
        self.expect("(")
        return self._patterns(")")

    def _patterns(self, closing: str) -> list[Node]:
        found: list[Node] = []
        while not self.skip(closing):
            if self.at(","):
                self.take()
                found.append(syntax.Hole())
                continue
            if self.skip("..."):
                found.append(syntax.Rest(self.pattern()))
            else:
                found.append(self._with_default(self.pattern()))
            if not self.at(closing):
                self.expect(",")
        return found

    def pattern(self) -> Node:
        """What a declaration or a parameter binds."""
        if self.skip("["):
            return syntax.ArrayPattern(self._patterns("]"))
        if self.skip("{"):
            return self._object_pattern()
        return syntax.Name(self.name())

    def _with_default(self, target: Node) -> Node:
        return syntax.Default(target, self.assignment()) if self.skip("=") else target

    def _object_pattern(self) -> Node:
        made = syntax.ObjectPattern([])
        while not self.skip("}"):
            if self.skip("..."):
                made.rest = self.pattern()
            else:
                key = self.key()
                target = self.pattern() if self.skip(":") else syntax.Name(_plain(key))
                made.entries.append((key, self._with_default(target)))
            if not self.at("}"):
                self.expect(",")
        return made

    def as_pattern(self, node: Node) -> Node:
        """The target of an assignment that was read as an expression."""
        if isinstance(node, syntax.ArrayLiteral):
            return syntax.ArrayPattern([self.as_pattern(item) for item in node.items])
        if isinstance(node, syntax.Spread):
            return syntax.Rest(self.as_pattern(node.value))
        if isinstance(node, syntax.Assign) and node.operator == "=":
            return syntax.Default(node.target, node.value)
        if not isinstance(node, syntax.ObjectLiteral):
            return node
        made = syntax.ObjectPattern([])
        for member in node.members:
            if isinstance(member, syntax.Spread):
                made.rest = self.as_pattern(member.value)
            elif isinstance(member, syntax.Property) and member.value is not None:
                made.entries.append((member.key, self.as_pattern(member.value)))
        return made

    def key(self) -> Node:
        """The name of a member, or `[computed]`."""
        if self.skip("["):
            return self.within("]")
        if self.token.kind not in ("name", "string", "number"):
            raise Unsupported(f"{self.token.value!r} as the name of a member")
        return syntax.Constant(self.take().value)

    def object_literal(self) -> Node:
        self.expect("{")
        members: list[Node] = []
        while not self.skip("}"):
            if self.skip("..."):
                members.append(syntax.Spread(self.assignment()))
            else:
                members.append(self._property())
            if not self.at("}"):
                self.expect(",")
        return syntax.ObjectLiteral(members)

    def _property(self) -> Node:
        if (method := self._method()) is not None:
            return method
        key = self.key()
        if self.skip(":"):
            return syntax.Property(key, self.assignment())
        name = syntax.Name(_plain(key))
        if self.skip("="):  # Only as a pattern: ({a = 1} = value).
            return syntax.Property(key, syntax.Assign("=", name, self.assignment()))
        return syntax.Property(key, name)

    def _method(self) -> syntax.Property | None:
        """A method, getter or setter; None if a plain member comes."""
        start, begin = self.token, self.position
        kind: Kind = "method"
        is_async = self._modifier("async")
        is_generator = self.skip("*")
        if not is_async and not is_generator:
            if self._modifier("get"):
                kind = "get"
            elif self._modifier("set"):
                kind = "set"
        key = self.key()
        if not self.at("("):
            self.position = begin
            return None
        name = str(key.value) if isinstance(key, syntax.Constant) else ""
        parameters = self.parameters()
        body = self.block()
        function = syntax.Function(
            name,
            parameters,
            body,
            self.text_since(start),
            is_async=is_async,
            is_generator=is_generator,
            is_method=True,
        )
        return syntax.Property(key, function, kind)

    def _modifier(self, word: str) -> bool:
        """Take the word if it says something of a member, and does not name one."""
        if self.at(word) and not self.ahead_at(1, "(", ",", "}", ":", "=", ";"):
            self.take()
            return True
        return False

    def class_(self) -> syntax.Class:
        start = self.expect("class")
        name = "" if self.at("{", "extends") else self.name()
        base = self.call() if self.skip("extends") else None
        self.expect("{")
        members: list[Node] = []
        while not self.skip("}"):
            if not self.skip(";"):
                members.append(self._class_member())
        return syntax.Class(name, base, members, self.text_since(start))

    def _class_member(self) -> Node:
        is_static = self._modifier("static")
        if is_static and self.at("{"):
            return syntax.StaticBlock(self.block())
        member = self._method()
        if member is None:
            key = self.key()
            value = self.assignment() if self.skip("=") else None
            self.end_statement()
            member = syntax.Property(key, value)
        member.is_static = is_static
        return member


def _plain(key: Node) -> str:
    if not isinstance(key, syntax.Constant) or not isinstance(key.value, str):
        raise Unsupported("a computed name without a value")
    return key.value
