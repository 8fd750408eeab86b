"""Parses statements, and with them whole texts."""

from . import syntax
from .expressions import ExpressionParser
from .lexer import tokens
from .syntax import Node


def parse(source: str) -> list[Node]:
    """The statements of a text. Raises Unsupported."""
    return Parser(source, tokens(source)).program()


class Parser(ExpressionParser):
    """The whole grammar, as far as it is known here."""

    def program(self) -> list[Node]:
        found = []
        while self.token.kind != "end":
            found.append(self.statement())
        return found

    def block(self) -> syntax.Block:
        self.expect("{")
        before, self.no_in = self.no_in, False
        body = []
        while not self.skip("}"):
            body.append(self.statement())
        self.no_in = before
        return syntax.Block(body)

    def statement(self) -> Node:
        if self.at("{"):
            return self.block()
        if self.skip(";"):
            return syntax.Empty()
        if self.token.kind == "name":
            if self.at("function") or (
                self.at("async") and self.ahead_at(1, "function")
            ):
                return syntax.FunctionDeclaration(self.function())
            if self._declaration_comes():
                return self._declaration()
            known = getattr(self, f"_{self.token.value}_statement", None)
            if known is not None:
                self.take()
                found: Node = known()
                return found
            if self.ahead_at(1, ":"):
                label = self.name()
                self.expect(":")
                return syntax.Labelled(label, self.statement())
        value = self.expression()
        self.end_statement()
        return syntax.Expression(value)

    def _declaration_comes(self) -> bool:
        if self.at("let"):
            return self.ahead(1).kind == "name" or self.ahead_at(1, "[", "{")
        return self.at("const", "var")

    def _declaration(self) -> Node:
        made = self._variables()
        self.end_statement()
        return made

    def _variables(self) -> syntax.Declaration:
        made = syntax.Declaration(self.name(), [])
        while True:
            target = self.pattern()
            made.entries.append((target, self.assignment() if self.skip("=") else None))
            if not self.skip(","):
                return made

    def _class_statement(self) -> Node:
        self.position -= 1
        return syntax.ClassDeclaration(self.class_())

    def _if_statement(self) -> Node:
        test = self._condition()
        then = self.statement()
        otherwise = self.statement() if self.skip("else") else None
        return syntax.If(test, then, otherwise)

    def _condition(self) -> Node:
        self.expect("(")
        return self.within(")")

    def _while_statement(self) -> Node:
        return syntax.While(self._condition(), self.statement())

    def _do_statement(self) -> Node:
        body = self.statement()
        self.expect("while")
        made = syntax.While(self._condition(), body, True)
        self.skip(";")
        return made

    def _for_statement(self) -> Node:
        is_await = self.skip("await")
        self.expect("(")
        self.no_in = True
        start = self._for_start()
        self.no_in = False
        if self.at("of", "in"):
            return self._for_each(start, is_await)
        self.expect(";")
        test = None if self.at(";") else self.expression()
        self.expect(";")
        step = None if self.at(")") else self.expression()
        self.expect(")")
        return syntax.For(start, test, step, self.statement())

    def _for_start(self) -> Node | None:
        if self.at(";"):
            return None
        if self._declaration_comes():
            return self._variables()
        return syntax.Expression(self.expression())

    def _for_each(self, start: Node | None, is_await: bool) -> Node:
        is_in = self.take().value == "in"
        source = self.within(")")
        if isinstance(start, syntax.Declaration):
            kind, target = start.kind, start.entries[0][0]
        else:
            assert isinstance(start, syntax.Expression)
            kind, target = "", self.as_pattern(start.value)
        body = self.statement()
        return syntax.ForEach(kind, target, source, body, is_await, is_in)

    def _return_statement(self) -> Node:
        value = None
        if not (
            self.at(";", "}") or self.token.kind == "end" or self.token.after_newline
        ):
            value = self.expression()
        self.end_statement()
        return syntax.Return(value)

    def _throw_statement(self) -> Node:
        value = self.expression()
        self.end_statement()
        return syntax.Throw(value)

    def _try_statement(self) -> Node:
        made = syntax.Try(self.block(), None, None, None)
        if self.skip("catch"):
            if self.skip("("):
                made.parameter = self.pattern()
                self.expect(")")
            made.handler = self.block()
        if self.skip("finally"):
            made.finalizer = self.block()
        return made

    def _break_statement(self) -> Node:
        return self._jump("break")

    def _continue_statement(self) -> Node:
        return self._jump("continue")

    def _jump(self, kind: str) -> Node:
        named = self.token.kind == "name" and not self.token.after_newline
        label = self.name() if named else ""
        self.end_statement()
        return syntax.Jump(kind, label)

    def _switch_statement(self) -> Node:
        made = syntax.Switch(self._condition())
        self.expect("{")
        while not self.skip("}"):
            test = None
            if not self.skip("default"):
                self.expect("case")
                test = self.expression()
            self.expect(":")
            body: list[Node] = []
            while not self.at("case", "default", "}"):
                body.append(self.statement())
            made.cases.append((test, body))
        return made
