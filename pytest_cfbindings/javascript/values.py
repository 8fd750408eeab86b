"""JavaScript's primitive values in Python: which object stands for which.

`undefined` is None, `null` the one JsNull, booleans and strings are Python's (a
string may hold lone surrogates), a number is an int or a float, a bigint a JsBigInt;
everything else is a JsObject. Pyodide draws the same lines (314, measured), so a
primitive crosses the boundary as it is.
"""

from collections.abc import Callable
from typing import Any, Final, final

MAX_SAFE_INTEGER: Final = 2**53 - 1


@final
class JsNull:
    """The type of JavaScript's `null`; `jsnull` is its one instance."""

    __slots__ = ()
    _instance: "JsNull | None" = None

    def __new__(cls) -> "JsNull":
        if cls._instance is None:
            cls._instance = object.__new__(cls)
        return cls._instance

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "jsnull"

    def __reduce__(self) -> str:
        return "jsnull"


class JsBigInt(int):
    """A JavaScript bigint. It goes back to JavaScript as one, whatever its size."""


def _stays_bigint(name: str) -> Callable[..., Any]:
    plain = getattr(int, name)

    def operator(self: JsBigInt, *others: object) -> Any:
        result = plain(self, *others)
        return JsBigInt(result) if type(result) is int else result

    operator.__name__ = name
    return operator


# The others give an int, as does a bigint on the right-hand side (Pyodide, measured).
for _name in (
    *("__add__", "__sub__", "__floordiv__", "__mod__", "__pow__", "__neg__", "__pos__"),
    *("__abs__", "__lshift__", "__rshift__", "__and__", "__or__", "__xor__"),
    "__invert__",
):
    setattr(JsBigInt, _name, _stays_bigint(_name))


jsnull: Final = JsNull()
null: Final = jsnull
undefined: Final = None

PRIMITIVES: Final = (str, int, float, bool, type(None), JsNull)


class Missing:
    """The type of `missing`: no such property, where undefined would be a value."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "missing"


missing: Final = Missing()


def is_nullish(value: object) -> bool:
    """Whether a value is undefined or null."""
    return value is None or value is null
