"""Replays recorded cases on Durable Objects, inside of one or through their stubs."""

import inspect
from collections.abc import Callable
from typing import Any

from pytest_cfbindings.clock import Clock
from pytest_cfbindings.control import Cf

from .comparison import as_raised
from .replay import Run, all_differences

# What the SDK hands out raw takes JavaScript values only.
_RAW = ("JsProxy", "DurableObjectContext", "_DurableObjectNamespaceWrapper")


async def replay_inside(case: dict[str, Any], env: Any, cf: Cf, clock: Clock) -> Any:
    """Where the answers differ in a case that runs inside of an object."""
    namespace = getattr(env, case["object"]["ns"])
    stub = namespace.getByName(case["object"]["name"])

    async def body(probe: Any) -> list[str]:
        run = ObjectRun(probe.scope(), clock.now_ms, clock.advance)
        return await all_differences(case, run)

    return await cf.run_in(stub, body)


async def replay_outside(case: dict[str, Any], env: Any, clock: Clock) -> Any:
    """Where the answers differ in a case that uses namespaces and stubs."""
    scope = {"SQL": env.SQL, "KVO": env.KVO}
    return await all_differences(case, ObjectRun(scope, clock.now_ms, clock.advance))


class ObjectRun(Run):
    """Steps on objects: callbacks, raw receivers, and values that travel."""

    async def step(self, step: dict[str, Any]) -> tuple[str, Any]:
        kind, value = await super().step(step)
        if kind == "ok" and step.get("on") == "self":
            value = _travelled(value)
        return kind, _plain(value) if kind == "ok" else value

    def follow(self, current: Any, link: Any) -> Any:
        if isinstance(link, str):
            return super().follow(current, link)
        method, *args = link
        if isinstance(current, str) and method == "toUpperCase":
            return current.upper()
        if isinstance(current, list) and method == "push":
            current.extend(args)
            return len(current)
        values = [self.argument(arg) for arg in args]
        if method == "transaction":
            values = [_rejecting(value) for value in values]
        if type(current).__name__ in _RAW:
            values = [_raw(value) for value in values]
        return current(*values) if method == "()" else getattr(current, method)(*values)

    def argument(self, arg: Any) -> Any:
        if isinstance(arg, dict) and "$fn" in arg:
            return self.callback(arg["$fn"])
        if isinstance(arg, dict) and "$syncfn" in arg:
            return self.sync_callback(arg["$syncfn"])
        if isinstance(arg, list) and any(_is_step(item) for item in arg):
            return arg  # The object decodes what its own steps take.
        return _unwrapped(super().argument(arg))

    def inner(self, function: dict[str, Any], args: tuple[Any, ...]) -> "ObjectRun":
        named = dict(zip(function.get("params", []), args, strict=False))
        return ObjectRun({**self.scope, **named}, self.now_ms, self.sleep)

    def callback(self, function: dict[str, Any]) -> Callable[..., Any]:
        async def call(*args: Any) -> Any:
            inner = self.inner(function, args)
            for step in function["steps"]:
                await inner.step(step)
            return inner.result(function)

        return call

    def sync_callback(self, function: dict[str, Any]) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            inner = self.inner(function, args)
            for step in function["steps"]:
                current = inner.scope[step["on"]]
                for link in step["chain"]:
                    current = inner.follow(current, link)
                if inspect.iscoroutine(current):
                    current.close()  # The operation has happened when it was called.
                if "save" in step:
                    inner.scope[step["save"]] = current
            return inner.result(function)

        return call

    def result(self, function: dict[str, Any]) -> Any:
        from js import Error

        if "throw" in function:
            raise Error.new(function["throw"])
        return self.scope[function["return"]] if "return" in function else None


def answered(step: dict[str, Any], got: tuple[str, Any]) -> dict[str, Any]:
    """An answer as the recording Worker sends it back over RPC."""
    kind, value = got
    if kind == "err":
        name, message = type(value).__name__, str(value)
        if hasattr(value, "message"):
            name, message = as_raised(value)
        return {"err": {"name": name, "message": message}}
    return {"ok": {"$quiet": True} if step.get("quiet") else value}


def _rejecting(callback: Any) -> Any:
    """A callback whose errors stay what JavaScript would have thrown.

    An exception that Python raises reaches the caller as a PythonError.
    """
    from js import Promise
    from pyodide.ffi import JsException

    def call(*args: Any) -> Any:
        try:
            result = callback(*args)
        except JsException as error:
            return Promise.reject(error)
        return awaited(result) if inspect.iscoroutine(result) else result

    async def awaited(result: Any) -> Any:
        try:
            return await result
        except JsException as error:
            return Promise.reject(error)

    return call if callable(callback) else callback


def _is_step(value: Any) -> bool:
    return isinstance(value, dict) and not {"on", "sleep"}.isdisjoint(value)


def _unwrapped(value: Any) -> Any:
    """What the SDK has wrapped in a class that it does not send."""
    kind = type(value).__name__
    if kind == "DurableObjectContext":
        return value._ctx
    return value._binding if kind == "_DurableObjectNamespaceWrapper" else value


def _raw(value: Any) -> Any:
    from js import Object
    from pyodide.ffi import create_proxy, jsnull, to_js

    if value is None:
        return jsnull
    if callable(value):
        return create_proxy(value)
    return to_js(value, dict_converter=Object.fromEntries)


def _travelled(value: Any) -> Any:
    from workers import python_from_rpc, python_to_rpc

    return python_from_rpc(python_to_rpc(value))


def _plain(value: Any) -> Any:
    """A raw value as the SDK would have shown it."""
    from workers import python_from_rpc

    if type(value).__name__ in ("JsProxy", "JsNull"):
        return python_from_rpc(value)
    return value
