"""JavaScript errors, and the Python exception that carries what JavaScript throws."""

from typing import ClassVar

from .conversions import to_string
from .objects import JsObject, PropertyKey, getter, getter_as, method_as
from .python_tracebacks import format_traceback
from .values import is_nullish, undefined


class Stop(BaseException):
    """Ends code that is to run no further, and which cannot catch this."""


STOPS = (Stop, GeneratorExit, KeyboardInterrupt)
"""What ends code from outside. Whatever else Python raises is its own failure, as it is
in Pyodide: an exception that is no `Exception`, such as pytest.fail's, too."""


class JsThrow(Exception):
    """`throw value` on its way through Python frames; `value` may be anything."""

    def __init__(self, value: object) -> None:
        super().__init__(value)
        self.value = value


class JsError(JsObject):
    """An instance of Error or of one of its built-in subclasses."""

    __slots__ = ("cause", "message", "name")

    class_name = "Error"
    is_copied_whole: ClassVar[bool] = True
    """Whether a copy has its name and properties; the runtime sets it by the date."""

    def __init__(
        self,
        message: str = "",
        name: str | None = None,
        cause: BaseException | None = None,
    ) -> None:
        super().__init__()
        self.message: object = message
        self.name: object = self.class_name if name is None else name
        self.cause = cause
        """The Python exception behind it, where there is one; not for JavaScript."""

    @classmethod
    def js_construct(
        cls, message: object = undefined, options: object = undefined
    ) -> "JsError":
        error = cls("" if message is undefined else to_string(message))
        if isinstance(options, JsObject) and options.js_has("cause"):
            error.properties["cause"] = options.js_get("cause")
        return error

    @classmethod
    def js_call(
        cls, message: object = undefined, options: object = undefined
    ) -> "JsError":
        return cls.js_construct(message, options)

    def js_set(self, key: PropertyKey, value: object) -> None:
        if key in ("name", "message"):
            setattr(self, str(key), value)
        else:
            super().js_set(key, value)

    def js_to_string(self) -> str:
        name = "Error" if self.name is undefined else to_string(self.name)
        message = "" if self.message is undefined else to_string(self.message)
        return f"{name}: {message}" if name and message else name or message

    @getter_as("name")
    def _read_name(self) -> object:
        return self.name

    @getter_as("message")
    def _read_message(self) -> object:
        return self.message

    @getter
    def stack(self) -> str:
        return f"{self.js_to_string()}\n    at pytest-cfbindings"

    @method_as("toString")
    def _errorto_string(self) -> str:
        return self.js_to_string()


class JsTypeError(JsError):
    __slots__ = ()
    class_name = "TypeError"


class JsRangeError(JsError):
    __slots__ = ()
    class_name = "RangeError"


class JsSyntaxError(JsError):
    __slots__ = ()
    class_name = "SyntaxError"


class JsReferenceError(JsError):
    __slots__ = ()
    class_name = "ReferenceError"


class JsEvalError(JsError):
    __slots__ = ()
    class_name = "EvalError"


class JsURIError(JsError):
    __slots__ = ()
    class_name = "URIError"


_CODES = {
    "IndexSizeError": 1,
    "HierarchyRequestError": 3,
    "WrongDocumentError": 4,
    "InvalidCharacterError": 5,
    "NoModificationAllowedError": 7,
    "NotFoundError": 8,
    "NotSupportedError": 9,
    "InUseAttributeError": 10,
    "InvalidStateError": 11,
    "SyntaxError": 12,
    "InvalidModificationError": 13,
    "NamespaceError": 14,
    "InvalidAccessError": 15,
    "TypeMismatchError": 17,
    "SecurityError": 18,
    "NetworkError": 19,
    "AbortError": 20,
    "URLMismatchError": 21,
    "QuotaExceededError": 22,
    "TimeoutError": 23,
    "InvalidNodeTypeError": 24,
    "DataCloneError": 25,
}
"""The numbers that names of DOMExceptions had before."""


class DOMException(JsError):
    """The web platform's errors: AbortError, DataCloneError, InvalidStateError ..."""

    __slots__ = ()
    class_name = "DOMException"

    @classmethod
    def js_construct(
        cls, message: object = undefined, name: object = undefined
    ) -> "DOMException":
        return cls(
            "" if message is undefined else to_string(message),
            "Error" if name is undefined else to_string(name),
        )

    @getter
    def code(self) -> int:
        return _CODES.get(to_string(self.name), 0)


class PythonError(JsError):
    """A Python exception as JavaScript sees it after a promise or RPC carried it."""

    __slots__ = ()
    class_name = "PythonError"

    @classmethod
    def of(cls, exception: BaseException) -> "PythonError":
        """Its message is the formatted traceback, as Pyodide makes it."""
        return cls(format_traceback(exception), cause=exception)

    @getter
    def type(self) -> object:
        return undefined if self.cause is None else type(self.cause).__name__


ERROR_CLASSES = (
    JsError,
    JsTypeError,
    JsRangeError,
    JsSyntaxError,
    JsReferenceError,
    JsEvalError,
    JsURIError,
)


def error(message: str) -> JsThrow:
    """What to raise for `throw new Error(message)`."""
    return JsThrow(JsError(message))


def type_error(message: str) -> JsThrow:
    """What to raise for `throw new TypeError(message)`."""
    return JsThrow(JsTypeError(message))


def no_method(value: object, name: str, method: str) -> JsThrow:
    """The TypeError of `name.method()` on what has no such method."""
    if is_nullish(value):
        kind = to_string(value)
        return type_error(f"Cannot read properties of {kind} (reading '{method}')")
    return type_error(f"{name}.{method} is not a function")


def range_error(message: str) -> JsThrow:
    """What to raise for `throw new RangeError(message)`."""
    return JsThrow(JsRangeError(message))


def syntax_error(message: str) -> JsThrow:
    """What to raise for `throw new SyntaxError(message)`."""
    return JsThrow(JsSyntaxError(message))


def dom_exception(name: str, message: str) -> JsThrow:
    """What to raise for `throw new DOMException(message, name)`."""
    return JsThrow(DOMException(message, name))
