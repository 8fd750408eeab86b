"""JsException: a JavaScript Error that Python can raise and catch."""

from typing import Any

from ..javascript.conversions import to_string
from ..javascript.errors import JsError
from .proxy import JsProxy


class JsException(JsProxy, Exception):
    """A JavaScript Error, whatever its class: never a Python TypeError or ValueError.

    `str(e)` is "Name: message"; `e.name`, `e.message` and `e.stack` are text.
    """

    __slots__ = ("__js__", "__js_this__")
    __module__ = "pyodide.ffi"

    def __init__(self, error: "JsError | str", message: str = "") -> None:
        if isinstance(error, str):
            error = JsError(message, error)
        Exception.__init__(self)
        object.__setattr__(self, "__js__", error)
        object.__setattr__(self, "__js_this__", None)

    # An exception is hashable in Python, and pytest and logging rely on it.
    __hash__ = Exception.__hash__  # type: ignore[assignment]

    @property
    def args(self) -> tuple[Any, ...]:  # type: ignore[override]
        """The error itself, once."""
        return (self,)

    def __bool__(self) -> bool:
        return True

    def __str__(self) -> str:
        return to_string(self.__js__)

    __repr__ = __str__
