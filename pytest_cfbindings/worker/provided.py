"""A Python object behind a binding that is not embedded."""

from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any

from ..ffi.crossing import to_javascript, to_python
from ..javascript.errors import JsError, JsThrow
from ..javascript.objects import JsConstructor, JsObject, PropertyKey, native
from ..javascript.promises import JsPromise
from ..javascript.values import missing

# The JavaScript class of a binding, by its configuration key: the SDK wraps by it.
_CLASS_NAMES = {
    "ai": "Ai",
    "analytics_engine_datasets": "AnalyticsEngineDataset",
    "browser": "Fetcher",
    "images": "ImagesBindingImpl",
    "ratelimits": "Ratelimit",
    "vectorize": "VectorizeIndexImpl",
    "workflows": "WorkflowImpl",
}


class ProvidedBinding(JsObject):
    """Calls the target's methods with what the real binding would have been sent.

    Arguments and results pass through the SDK's own conversions, so that a value which
    cannot be sent in production cannot be sent here.
    """

    __slots__ = ("_constructor", "target")

    class_name = "ProvidedBinding"

    def __init__(self, target: object, key: str) -> None:
        super().__init__()
        self.target = target
        self._constructor = JsConstructor(JsObject, _CLASS_NAMES.get(key, "Object"))

    def js_lookup(self, key: PropertyKey) -> object:
        if key == "constructor":
            return self._constructor
        if not isinstance(key, str) or key.startswith("_"):
            return missing
        found = getattr(self.target, key, missing)
        if found is missing:
            return missing
        return native(_called(found), key) if callable(found) else _sent(found)

    def js_has(self, key: PropertyKey) -> bool:
        return self.js_lookup(key) is not missing


def _called(method: Callable[..., Any]) -> Callable[..., object]:
    def call(*arguments: object) -> object:
        try:
            result = method(*map(_received, arguments))
        except Exception as error:
            raise _thrown(error) from error
        return JsPromise.run(_awaited(result)) if isawaitable(result) else _sent(result)

    return call


async def _awaited(result: Awaitable[object]) -> object:
    try:
        return _sent(await result)
    except Exception as error:
        raise _thrown(error) from error


def _received(argument: object) -> Any:
    from workers import python_from_rpc  # type: ignore[import-not-found, unused-ignore]

    return python_from_rpc(to_python(argument))


def _sent(result: object) -> object:
    from workers import python_to_rpc

    return to_javascript(python_to_rpc(result))


def _thrown(error: Exception) -> JsThrow:
    """A Worker sees what its binding throws as a JavaScript Error."""
    behind = getattr(error, "__js__", None)
    return JsThrow(behind or JsError(str(error), cause=error))
