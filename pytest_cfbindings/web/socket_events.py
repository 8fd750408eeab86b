"""The events of a WebSocket: MessageEvent, CloseEvent, ErrorEvent (measured)."""

from ..javascript.arrays import JsArray
from ..javascript.conversions import to_string, truthy
from ..javascript.errors import JsThrow, type_error
from ..javascript.numeric import to_int32_checked
from ..javascript.objects import JsObject, getter
from ..javascript.values import null, undefined
from .events import Event


class MessageEvent(Event):
    """A message has come."""

    __slots__ = ("_data",)

    class_name = "MessageEvent"

    def __init__(self, kind: str, data: object) -> None:
        super().__init__(kind)
        self._data = data

    @classmethod
    def js_construct(cls, *arguments: object) -> "MessageEvent":
        kind = _kind(cls, arguments)
        if len(arguments) < 2 or not isinstance(arguments[1], JsObject):
            raise _wrong(cls, 2, "Initializer")
        return cls(kind, arguments[1].js_get("data"))

    @getter
    def data(self) -> object:
        return self._data

    @getter
    def origin(self) -> object:
        return null

    @getter
    def lastEventId(self) -> str:
        return ""

    @getter
    def source(self) -> object:
        return null

    @getter
    def ports(self) -> JsArray:
        return JsArray()


class CloseEvent(Event):
    """The other side has closed, or is gone."""

    __slots__ = ("_code", "_reason", "_was_clean")

    class_name = "CloseEvent"

    def __init__(self, kind: str, code: int, reason: str, was_clean: bool) -> None:
        super().__init__(kind)
        self._code = code
        self._reason = reason
        self._was_clean = was_clean

    @classmethod
    def js_construct(cls, *arguments: object) -> "CloseEvent":
        kind, options = _kind(cls, arguments), _options(arguments)
        code, reason = options.js_get("code"), options.js_get("reason")
        return cls(
            kind,
            0 if code is undefined else to_int32_checked(code),
            "" if reason is undefined else to_string(reason),
            truthy(options.js_get("wasClean")),
        )

    @getter
    def code(self) -> int:
        return self._code

    @getter
    def reason(self) -> str:
        return self._reason

    @getter
    def wasClean(self) -> bool:
        return self._was_clean


class ErrorEvent(Event):
    """Something has failed."""

    __slots__ = ("_error", "_message")

    class_name = "ErrorEvent"

    def __init__(self, kind: str, message: str, error: object) -> None:
        super().__init__(kind)
        self._message = message
        self._error = error

    @classmethod
    def js_construct(cls, *arguments: object) -> "ErrorEvent":
        kind, options = _kind(cls, arguments), _options(arguments)
        message = options.js_get("message")
        text = "" if message is undefined else to_string(message)
        return cls(kind, text, options.js_get("error"))

    @getter
    def message(self) -> str:
        return self._message

    @getter
    def error(self) -> object:
        return self._error

    @getter
    def filename(self) -> str:
        return ""

    @getter
    def lineno(self) -> int:
        return 0

    @getter
    def colno(self) -> int:
        return 0


def _kind(cls: type[Event], arguments: tuple[object, ...]) -> str:
    if not arguments:
        raise _wrong(cls, 1, "string")
    return to_string(arguments[0])


def _options(arguments: tuple[object, ...]) -> JsObject:
    given = arguments[1] if len(arguments) > 1 else undefined
    return given if isinstance(given, JsObject) else JsObject()


def _wrong(cls: type[Event], index: int, kind: str) -> JsThrow:
    return wrong_construction(cls.class_name, index, kind)


def wrong_construction(cls: str, index: int, kind: str) -> JsThrow:
    """The TypeError for a constructor's parameter that is missing or ill-typed."""
    return type_error(
        f"Failed to construct '{cls}': constructor parameter {index} is not of type"
        f" '{kind}'."
    )
