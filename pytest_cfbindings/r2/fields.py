"""How the runtime reads the fields of R2's option objects (measured)."""

from ..javascript.arguments import wrong_parameter
from ..javascript.conversions import to_string
from ..javascript.date_arguments import date_argument
from ..javascript.errors import JsThrow, type_error
from ..javascript.objects import JsObject
from ..javascript.text import as_utf8
from ..javascript.values import is_nullish, undefined


def text(value: object) -> str:
    """String(value), as it arrives at R2."""
    return as_utf8(to_string(value))


def options_object(
    value: object, operation: str, interface: str, index: int, kind: str
) -> JsObject | None:
    """An options argument; None for null and undefined.

    Raises a JavaScript TypeError for what is no object.
    """
    if is_nullish(value):
        return None
    if not isinstance(value, JsObject):
        raise wrong_parameter(operation, interface, index, kind)
    return value


def wrong_field(name: str, owner: str, kind: str) -> JsThrow:
    """The TypeError for a field of an options object that is ill-typed."""
    return type_error(
        f"Incorrect type for the '{name}' field on '{owner}': the provided value is"
        f" not of type '{kind}'."
    )


def optional_text(options: JsObject, name: str) -> str | None:
    """A field that is made a string, even null; None if it is undefined."""
    value = options.js_get(name)
    return None if value is undefined else text(value)


def strict_text(options: JsObject, name: str, owner: str) -> str | None:
    """A field that has to be a string; None if it is undefined."""
    value = options.js_get(name)
    if value is undefined:
        return None
    if not isinstance(value, str):
        raise wrong_field(name, owner, "string")
    return as_utf8(value)


def optional_date(options: JsObject, name: str, owner: str) -> int | None:
    """A field that is a Date or a number, in epoch milliseconds; None if undefined."""
    value = options.js_get(name)
    if value is undefined:
        return None
    date = date_argument(value)
    if date is None:
        raise wrong_field(name, owner, "date")
    return date
