"""Looking behind a binding that a test holds."""

from typing import Any

from ..calls import Call, CallLog
from ..ffi.pyproxy import PyCallable, PyProxy
from ..ffi.to_py import to_py
from ..javascript.values import JsNull


def calls_of(binding: Any) -> list[Call]:
    """The calls of a binding, wrapped by the SDK or raw, with Python arguments.

    Raises TypeError for anything that is not one of our bindings.
    """
    log = getattr(behind(binding), "calls", None)
    if not isinstance(log, CallLog):
        raise TypeError(
            f"cf.calls() takes a binding such as env.KV, not {type(binding).__name__}"
        )
    return [
        Call(call.method, tuple(_shown(argument) for argument in call.args))
        for call in log.calls
    ]


def behind(binding: Any) -> object:
    """The JavaScript object behind what Python holds, wrapped by the SDK or raw."""
    proxy = getattr(binding, "_binding", binding)
    return getattr(proxy, "__js__", None)


def _shown(argument: object) -> Any:
    if isinstance(argument, (PyProxy, PyCallable)):
        return argument.hold.last_target()
    return _without_null(to_py(argument))


def _without_null(value: Any) -> Any:
    if isinstance(value, JsNull):
        return None
    if isinstance(value, dict):
        return {key: _without_null(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_null(item) for item in value]
    return bytes(value) if isinstance(value, memoryview) else value
