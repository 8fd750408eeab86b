"""JSON with comments and trailing commas, as wrangler reads both JSON endings."""

from .jsonc_scanner import JsoncError, Kind, Scanner, Token
from .values import Table, Value, javascript_number

DEPTH_MAX = 100
"""Levels of nesting. Ours: wrangler has no limit but its own stack."""

_WORDS = {"true": True, "false": False, "null": None}


def parse_jsonc(text: str) -> Value:
    """The value of the text. A repeated key takes its last value, at its first place.

    Raises `JsoncError` at the first mistake, with jsonc-parser's code as wrangler
    prints it (wrangler 4.164, measured).
    """
    parser = _Parser(text)
    value = parser.value(0)
    if parser.token.kind is not Kind.END:
        raise parser.problem("EndOfFileExpected")
    return value


class _Parser:
    __slots__ = ("_scanner", "token")

    def __init__(self, text: str) -> None:
        self._scanner = Scanner(text)
        self.token: Token = self._scanner.next()

    def problem(self, code: str) -> JsoncError:
        return JsoncError(code, self.token.start, self.token.end)

    def value(self, depth: int) -> Value:
        kind, text = self.token.kind, self.token.text
        if kind in (Kind.OPEN_BRACE, Kind.OPEN_BRACKET) and depth >= DEPTH_MAX:
            raise self.problem("NestedTooDeeply")
        if kind is Kind.OPEN_BRACE:
            return self._table(depth)
        if kind is Kind.OPEN_BRACKET:
            return self._list(depth)
        if kind not in (Kind.STRING, Kind.NUMBER, Kind.WORD):
            raise self.problem("ValueExpected")
        self._advance()
        if kind is Kind.NUMBER:
            return javascript_number(float(text))
        return text if kind is Kind.STRING else _WORDS[text]

    def _advance(self) -> None:
        self.token = self._scanner.next()

    def _table(self, depth: int) -> Table:
        table: Table = {}
        self._advance()
        while self._has_another(Kind.CLOSE_BRACE, first=not table):
            key = self.token.text
            self._expect(Kind.STRING, "PropertyNameExpected")
            self._expect(Kind.COLON, "ColonExpected")
            table[key] = self.value(depth + 1)
        self._expect(Kind.CLOSE_BRACE, "CloseBraceExpected")
        return table

    def _list(self, depth: int) -> list[Value]:
        items: list[Value] = []
        self._advance()
        while self._has_another(Kind.CLOSE_BRACKET, first=not items):
            items.append(self.value(depth + 1))
        self._expect(Kind.CLOSE_BRACKET, "CloseBracketExpected")
        return items

    def _has_another(self, close: Kind, *, first: bool) -> bool:
        if self.token.kind in (close, Kind.END):
            return False
        if self.token.kind is not Kind.COMMA:
            if not first:
                raise self.problem("CommaExpected")
            return True
        if first:
            raise self.problem("ValueExpected")
        self._advance()
        return self.token.kind is not close

    def _expect(self, kind: Kind, code: str) -> None:
        if self.token.kind is not kind:
            raise self.problem(code)
        self._advance()
