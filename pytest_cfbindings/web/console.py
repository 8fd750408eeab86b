"""console: what is logged goes to Python's standard output and error streams."""

import sys

from ..javascript.arrays import JsArray
from ..javascript.conversions import to_string
from ..javascript.errors import JsError
from ..javascript.objects import JsFunction, JsObject, native, own_entries
from ..javascript.values import JsBigInt, is_nullish

_TO_OUTPUT = ("log", "info", "debug", "table", "dir", "group", "groupCollapsed")
_TO_ERRORS = ("error", "warn", "trace")
_SILENT = ("groupEnd", "time", "timeEnd", "timeLog", "count", "countReset", "clear")


class Console(JsObject):
    """`console`; errors, warnings and traces go to standard error."""

    __slots__ = ()

    class_name = "console"

    def __init__(self) -> None:
        super().__init__()
        for name in _TO_OUTPUT:
            self.properties[name] = native(_log_to_output, name)
        for name in _TO_ERRORS:
            self.properties[name] = native(_log_to_errors, name)
        for name in _SILENT:
            self.properties[name] = native(lambda *_: None, name)


# The streams are looked up at each call: pytest replaces them to capture the output.
def _log_to_output(*values: object) -> None:
    print(_line(values), file=sys.stdout)


def _log_to_errors(*values: object) -> None:
    print(_line(values), file=sys.stderr)


def log_warning(text: str) -> None:
    """Log what the runtime itself warns of."""
    print(text, file=sys.stderr)


def _line(values: tuple[object, ...]) -> str:
    return " ".join(v if isinstance(v, str) else inspect(v) for v in values)


def inspect(value: object, depth: int = 2) -> str:
    """How the console shows a value: objects and Arrays with what is in them."""
    if isinstance(value, str):
        return f"'{value}'"
    if isinstance(value, JsBigInt):
        return f"{to_string(value)}n"
    if not isinstance(value, JsObject) or is_nullish(value):
        return to_string(value)
    if isinstance(value, JsError):
        return value.stack()
    if isinstance(value, JsFunction):
        return f"[Function: {value.name or '(anonymous)'}]"
    if isinstance(value, JsArray):
        if depth < 0:
            return "[Array]"
        items = ", ".join(inspect(item, depth - 1) for item in value.items)
        return f"[ {items} ]" if items else "[]"
    if type(value).class_name != "Object":
        return to_string(value)
    if depth < 0:
        return "[Object]"
    parts = [f"{key}: {inspect(item, depth - 1)}" for key, item in own_entries(value)]
    return f"{{ {', '.join(parts)} }}" if parts else "{}"
