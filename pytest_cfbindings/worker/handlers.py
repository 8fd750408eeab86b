"""The Worker's handler of an event: a method of `Default`, or a function of old.

What is called, and with what, is that of workerd's `python-entrypoint-helper.ts` and
`introspection.py` of November 2026; what a class gets was measured.
"""

from collections.abc import Callable
from types import ModuleType
from typing import Any

from ..config import Config
from ..ffi.crossing import to_python
from ..ffi.relaxed_call import relaxed_call
from ..javascript.objects import JsObject
from .compatibility import has_global_handlers
from .main_module import WorkerError, default_entrypoint, exported_classes, load_main

_FUNCTIONS = ("on_fetch", "on_scheduled", "on_queue", "on_alarm", "test")
_RENAMED = ("fetch", "alarm", "webSocketMessage", "webSocketClose", "webSocketError")


def method_name(config: Config, handler: str) -> str:
    """The method of a class: `on_fetch` for `fetch` where functions are handlers."""
    if handler in _RENAMED and has_global_handlers(config):
        return f"on_{handler}"
    return handler


def find_handler(
    config: Config, event: str, ctx: JsObject, env: JsObject
) -> Callable[..., Any]:
    """What takes the arguments of an event: the event's object, `env` and `ctx`.

    A class `Default` counts before functions. Raises WorkerError where there is
    neither, TypeError if the class has no such method.
    """
    module = load_main(config)
    if has_global_handlers(config) and "Default" not in exported_classes(module):
        return _function(module, event)
    instance = default_entrypoint(module)(to_python(ctx), to_python(env))
    name = method_name(config, event)
    handler = getattr(instance, name, None)
    if not callable(handler):
        raise TypeError(f"Method {name} does not exist")
    return _method(handler, event)


def _method(handler: Callable[..., Any], event: str) -> Callable[..., Any]:
    """Calls a method with the event and, for `env` and `ctx`, with None twice.

    The constructor had them (workerd, measured).
    """
    from workers import (  # type: ignore[import-not-found, unused-ignore]
        python_from_rpc,
    )

    def call(given: JsObject, _env: JsObject, _ctx: JsObject) -> Any:
        arguments = (python_from_rpc(to_python(given)), None, None)
        if event == "fetch":
            return relaxed_call(handler, *arguments)
        return handler(*arguments)

    return call


def _function(module: ModuleType, event: str) -> Callable[..., Any]:
    """`on_fetch` and its like get raw JavaScript objects, as many as they take."""
    handler = getattr(module, f"on_{event}", None)
    if not callable(handler):
        file = str(module.__file__).replace("\\", "/").rpartition("/")[2]
        missing = WorkerError(
            f'Python entrypoint "{file}" does not export a handler named "on_{event}"'
        )
        found = [name for name in _FUNCTIONS if hasattr(module, name)]
        missing.add_note(
            f"It has {', '.join(found) or 'no handler'}, and no class 'Default'; with"
            " its compatibility date both functions and classes can be handlers."
        )
        raise missing
    return lambda *arguments: relaxed_call(handler, *map(to_python, arguments))
