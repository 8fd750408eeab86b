"""How the refusal of a service reads in our own errors."""

from ..javascript.conversions import to_string
from ..javascript.errors import JsError, JsThrow


def text_of(thrown: JsThrow) -> str:
    """The message that a Worker would have got."""
    value = thrown.value
    return to_string(value.message if isinstance(value, JsError) else value)
