"""Arguments that the runtime refuses, and arguments that it ignores without a word."""

import difflib
import sys
import warnings
from collections.abc import Sequence

from .errors import JsThrow, type_error
from .objects import JsObject


class IgnoredArgumentWarning(UserWarning):
    """An argument that Workers ignore in silence; here it is ignored as well."""


def wrong_parameter(operation: str, interface: str, index: int, kind: str) -> JsThrow:
    """The TypeError for parameter `index` (from 1) that is missing or ill-typed."""
    return type_error(
        f"Failed to execute '{operation}' on '{interface}':"
        f" parameter {index} is not of type '{kind}'."
    )


def warn_of_unknown_options(
    operation: str, options: JsObject, known: Sequence[str]
) -> None:
    """Warn of option names that Workers ignore, and name the right spelling."""
    for name in options.properties:
        if isinstance(name, str) and name not in known:
            _warn(
                f"{operation} ignores the option {name!r}, as Workers do;"
                f" {_suggestion(name, known)}"
            )


def warn_of_surplus(operation: str, arguments: Sequence[object], takes: int) -> None:
    """Warn of arguments behind the last one that an operation reads."""
    if len(arguments) > takes:
        _warn(
            f"{operation} ignores everything after its argument {takes}, as Workers"
            " do. Keyword arguments become one more object at the end: pass the"
            " options either as keywords or as a dict, and only once."
        )


def warn_of_object_as_text(operation: str, value: object, what: str) -> None:
    """Warn of an object where a text is expected, such as a key given by keyword."""
    if type(value) is JsObject:
        _warn(
            f"{operation} takes an object for its {what}, as Workers do: the text is"
            f" '[object Object]'. Pass the {what} as the first positional argument."
        )


def _suggestion(name: str, known: Sequence[str]) -> str:
    folded = {option.lower(): option for option in known}
    plain = name.replace("_", "").replace("-", "").lower()
    near = difflib.get_close_matches(plain, folded, n=1, cutoff=0.75)
    if near:
        return f"it is spelled {folded[near[0]]!r}."
    return f"the options are {', '.join(known)}."


def _warn(message: str) -> None:
    warnings.warn(message, IgnoredArgumentWarning, stacklevel=_users_frame())


def _users_frame() -> int:
    """The stacklevel of the first frame that is neither ours nor the SDK's."""
    frame, level = sys._getframe(1), 1
    while frame.f_back is not None:
        package = frame.f_globals.get("__name__", "").partition(".")[0]
        if package not in ("pytest_cfbindings", "workers"):
            break
        frame, level = frame.f_back, level + 1
    return level
