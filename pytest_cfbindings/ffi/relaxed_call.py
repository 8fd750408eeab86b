"""pyodide.code.relaxed_call."""

import inspect
from collections.abc import Callable
from typing import Any

_POSITIONAL = (
    inspect.Parameter.POSITIONAL_ONLY,
    inspect.Parameter.POSITIONAL_OR_KEYWORD,
)


def relaxed_call(func: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Call a function without the arguments that it has no parameters for."""
    parameters = inspect.signature(func).parameters.values()
    if not any(p.kind is p.VAR_POSITIONAL for p in parameters):
        args = args[: sum(p.kind in _POSITIONAL for p in parameters)]
    if not any(p.kind is p.VAR_KEYWORD for p in parameters):
        names = {p.name for p in parameters}
        kwargs = {name: value for name, value in kwargs.items() if name in names}
    return func(*args, **kwargs)
