"""The Worker's handler of an event: a method of `Default`, or a function of old."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

from ..config import Config
from ..ffi.crossing import to_python
from ..ffi.relaxed_call import relaxed_call
from ..javascript.objects import JsObject
from .compatibility import enabled_flags
from .main_module import WorkerError, default_entrypoint, exported_classes, load_main

LEGACY = ("on_fetch", "on_scheduled", "on_queue", "on_alarm", "test")


def find_handler(
    config: Config, event: str, ctx: JsObject, env: JsObject
) -> Callable[..., Any]:
    """What takes the arguments of an event: the event's object, `env` and `ctx`.

    Raises WorkerError without a default entrypoint, TypeError if that has no such
    method.
    """
    module = load_main(config)
    legacy = _legacy_handlers(config, module)
    if legacy:
        if "Default" in exported_classes(module):
            raise TypeError("Cannot define multiple default entrypoints")
        return _legacy_handler(module, event)
    instance = default_entrypoint(module)(to_python(ctx), to_python(env))
    handler = getattr(instance, event, None)
    if not callable(handler):
        raise TypeError(f"Method {event} does not exist")
    return _method(handler, event)


def _method(handler: Callable[..., Any], event: str) -> Callable[..., Any]:
    from workers import (  # type: ignore[import-not-found, unused-ignore]
        python_from_rpc,
    )

    def call(*arguments: JsObject) -> Any:
        if event == "fetch":
            return relaxed_call(handler, python_from_rpc(to_python(arguments[0])))
        return handler(*(python_from_rpc(to_python(each)) for each in arguments))

    return call


def _legacy_handlers(config: Config, module: ModuleType) -> list[str]:
    if "python_no_global_handlers" in enabled_flags(config):
        return []
    return [name for name in LEGACY if callable(getattr(module, name, None))]


def _legacy_handler(module: ModuleType, event: str) -> Callable[..., Any]:
    """`on_fetch` and its like get raw JavaScript objects, as many as they take."""
    handler = getattr(module, f"on_{event}", None)
    if not callable(handler):
        raise WorkerError(
            f"The Worker's main module ({module.__file__}) has"
            f" {', '.join(name for name in LEGACY if hasattr(module, name))}, but no"
            f" on_{event}."
        )
    return lambda *arguments: relaxed_call(handler, *map(to_python, arguments))
