"""Ratelimit: the binding of a rate limiter (measured on local workerd)."""

from ..calls import CallLog
from ..global_scope import GlobalScope
from ..javascript.conversions import to_string, typeof
from ..javascript.errors import error
from ..javascript.objects import JsObject, method
from ..javascript.promises import JsPromise
from ..javascript.values import undefined
from .counters import Counters

_OPTIONS = ("key", "limit", "period")
_PERIODS = (10, 60)


class Ratelimit(JsObject):
    """`limit({key})` says whether a call is within the limit; takes JavaScript values.

    `limit` is in calls a period, `period` in seconds.
    """

    __slots__ = ("_counters", "_limit", "_period", "_scope", "calls")

    class_name = "Ratelimit"

    def __init__(
        self, counters: Counters, limit: float, period: int, scope: GlobalScope
    ) -> None:
        super().__init__()
        self.calls = CallLog()
        self._counters = counters
        self._limit = limit
        self._period = period
        self._scope = scope

    def __repr__(self) -> str:
        return f"<Ratelimit {self._limit} in {self._period} s>"

    @method
    def limit(self, *arguments: object) -> JsPromise:
        self.calls.record("limit", arguments)
        return JsPromise.attempt(lambda: self._checked(arguments))

    def _checked(self, arguments: tuple[object, ...]) -> JsObject:
        options = arguments[0] if arguments else undefined
        if not isinstance(options, JsObject) or typeof(options) != "object":
            raise error("invalid rate limit options")
        unknown = [name for name in options.js_keys() if name not in _OPTIONS]
        if unknown:
            raise error(f"bad rate limit options: [{','.join(unknown)}]")
        key = _given(options, "key", "")
        if not isinstance(key, str):
            raise error(f"invalid key: {to_string(key)}")
        limit = _number(options, "limit", self._limit)
        period = _number(options, "period", self._period)
        if period not in _PERIODS:
            raise error(f"unsupported period: {to_string(period)}")
        self._scope.check()
        return JsObject({"success": self._counters.count(key, limit, int(period))})


def _given(options: JsObject, name: str, default: object) -> object:
    value = options.js_get(name)
    return default if value is undefined else value


def _number(options: JsObject, name: str, default: float) -> float:
    value = _given(options, name, default)
    if typeof(value) != "number":
        raise error(f"{name} must be a number: {to_string(value)}")
    assert isinstance(value, int | float)
    return value
