"""The syntax of `.dev.vars` and `.env`: that of dotenv 16.3 and dotenv-expand 12."""

import re

# JavaScript's white space and line ends are not Python's.
_SPACE = "[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]"
_START = "(?:^|(?<=[\u2028\u2029]))"
_END = "(?=[\n\u2028\u2029]|\\Z)"
_VALUE = (
    rf"{_SPACE}*'(?:\\'|[^'])*'"
    rf'|{_SPACE}*"(?:\\"|[^"])*"'
    rf"|{_SPACE}*`(?:\\`|[^`])*`"
    r"|[^#\r\n]+"
)
_LINE = re.compile(
    rf"{_START}{_SPACE}*(?:export{_SPACE}+)?([A-Za-z0-9_.-]+)"
    rf"(?:{_SPACE}*=(?:{_SPACE}*?)|:{_SPACE}+?)({_VALUE})?"
    rf"{_SPACE}*(?:#[^\n\r\u2028\u2029]*)?{_END}",
    re.MULTILINE,
)
_QUOTED = re.compile(rf"{_START}(['\"`])(.*)\1{_END}", re.MULTILINE | re.DOTALL)
_OUTER_SPACE = re.compile(rf"\A{_SPACE}+|{_SPACE}+\Z")
_REFERENCE = re.compile(r"(?<!\\)\$\{([^{}]+)\}|(?<!\\)\$([A-Za-z_][A-Za-z0-9_]*)")
_OPERATOR = re.compile(r":\+|\+|:-|-")
_REPLACEMENT = re.compile(r"\$([$&`'])")

_STEPS_MAX = 1000
_LENGTH_MAX = 1 << 20


def parse_dotenv(text: str) -> dict[str, str]:
    """The names and values of the text. What is no assignment is passed over."""
    values: dict[str, str] = {}
    for found in _LINE.finditer(re.sub(r"\r\n?", "\n", text)):
        raw = _OUTER_SPACE.sub("", found[2] or "")
        value = _QUOTED.sub(lambda quoted: quoted[2], raw)
        if raw.startswith('"'):
            value = value.replace("\\n", "\n").replace("\\r", "\r")
        values[found[1]] = value
    return values


def expand(values: dict[str, str], process: dict[str, str]) -> dict[str, str]:
    """The values with `$X` and `${X:-default}` replaced, over those of `process`.

    References see what stands above them, and `process`, which also wins over a value
    of the same name (wrangler 4.164, measured).
    """
    running: dict[str, str] = {}
    for name, value in values.items():
        given = process.get(name)
        if not given or given == value:
            given = _expanded(value, {**running, **process}, running)
        running[name] = given.replace("\\$", "$")
    return {**process, **running}


def _expanded(value: str, known: dict[str, str], running: dict[str, str]) -> str:
    seen = set()
    # The real one has no end where a value brings back what it replaces.
    for _ in range(_STEPS_MAX):
        found = _REFERENCE.search(value)
        if not found or len(value) > _LENGTH_MAX:
            break
        seen.add(value)
        name, default, replaced = _resolved(found[1] or found[2], known)
        new = default if not replaced or replaced in seen else replaced
        value = _replaced_once(value, found[0], new)
        if value == running.get(name):
            break
    return value


def _resolved(expression: str, known: dict[str, str]) -> tuple[str, str, str | None]:
    operator = _OPERATOR.search(expression)
    # Without an operator the real one splits at the text "null".
    splitter = operator[0] if operator else "null"
    name, *rest = expression.split(splitter)
    default = splitter.join(rest)
    if splitter in (":+", "+"):
        return name, default if known.get(name) else "", None
    return name, default, known.get(name)


def _replaced_once(text: str, old: str, new: str) -> str:
    before, _, after = text.partition(old)
    meanings = {"$": "$", "&": old, "`": before, "'": after}
    # JavaScript's `replace` gives these signs a meaning even for plain texts.
    return before + _REPLACEMENT.sub(lambda sign: meanings[sign[1]], new) + after
