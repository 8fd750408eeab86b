"""Callbacks that JavaScript's own functions take."""

from .conversions import shown
from .errors import type_error
from .objects import JsFunction


def checked_function(value: object) -> JsFunction:
    """A callback. Raises a JavaScript TypeError for what cannot be called."""
    if not isinstance(value, JsFunction):
        raise type_error(f"{shown(value)} is not a function")
    return value
