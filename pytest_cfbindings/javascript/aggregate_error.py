"""AggregateError."""

from .arrays import JsArray
from .conversions import to_string
from .errors import JsError
from .iteration import iterate
from .values import undefined


class AggregateError(JsError):
    """Several errors in one, as Promise.any rejects with."""

    __slots__ = ()
    class_name = "AggregateError"

    @classmethod
    def js_construct(  # type: ignore[override]
        cls, errors: object = undefined, message: object = undefined
    ) -> "AggregateError":
        made = cls("" if message is undefined else to_string(message))
        made.properties["errors"] = JsArray(iterate(errors))
        return made

    @classmethod
    def js_call(  # type: ignore[override]
        cls, errors: object = undefined, message: object = undefined
    ) -> "AggregateError":
        return cls.js_construct(errors, message)
