"""The modules that exist only inside workerd, as Python imports them."""

from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any, NoReturn

from ..javascript.errors import error
from ..javascript.objects import JsObject, native
from ..javascript.promises import JsPromise as Promise
from ..javascript.values import JsBigInt, JsNull, jsnull, undefined
from ..stack_switching import can_run_sync, run_sync
from .conversion import ConversionError
from .exceptions import JsException
from .http import (
    AbortError,
    BodyUsedError,
    FetchResponse,
    HttpStatusError,
    pyfetch,
)
from .iteration import (
    JsAsyncGenerator,
    JsAsyncIterable,
    JsAsyncIterator,
    JsGenerator,
    JsIterable,
    JsIterator,
)
from .lifetimes import (
    JsDoubleProxy,
    create_once_callable,
    create_proxy,
    destroy_proxies,
)
from .protocols import (
    JsCallable,
    JsMap,
    JsMutableMap,
    JsPromise,
)
from .proxy import JsModule, JsProxy, make, proxy_class
from .relaxed_call import relaxed_call
from .sequences import JsArray, JsBuffer, JsTypedArray
from .to_js import to_js
from .wrapping import (
    wrap,
)

PYODIDE_VERSION = "314.0.6"
"""The Pyodide whose conversions are followed."""


def build(
    global_object: JsObject,
    env: JsObject,
    flags: Iterable[str],
    wait_until: Callable[..., object],
) -> dict[str, Any]:
    """`js`, `pyodide` and its parts, and what workerd's own glue registers.

    `env` is what `from workers import env` shows; `flags` are the compatibility flags
    that are on; `wait_until` is what `from workers import wait_until` calls.
    """
    pyodide = _module("pyodide", __version__=PYODIDE_VERSION, __path__=[])
    made: dict[str, Any] = {
        "js": make(proxy_class((JsModule,)), global_object, None),
        "pyodide": pyodide,
        "_pyodide_entrypoint_helper": _entrypoint_helper(env, wait_until),
        "_cloudflare_compat_flags": _module(
            "_cloudflare_compat_flags", **dict.fromkeys(flags, True)
        ),
    }
    for part in (_ffi(), _http(), _code(), _webloop()):
        made[part.__name__] = part
        setattr(pyodide, part.__name__.removeprefix("pyodide."), part)
    return made


def _module(name: str, **contents: Any) -> ModuleType:
    made = ModuleType(name)
    made.__dict__.update(contents)
    return made


def _ffi() -> ModuleType:
    return _module(
        "pyodide.ffi",
        ConversionError=ConversionError,
        JsArray=JsArray,
        JsAsyncGenerator=JsAsyncGenerator,
        JsAsyncIterable=JsAsyncIterable,
        JsAsyncIterator=JsAsyncIterator,
        JsBigInt=JsBigInt,
        JsBuffer=JsBuffer,
        JsCallable=JsCallable,
        JsCallableDoubleProxy=JsDoubleProxy,
        JsDoubleProxy=JsDoubleProxy,
        JsException=JsException,
        JsGenerator=JsGenerator,
        JsIterable=JsIterable,
        JsIterator=JsIterator,
        JsMap=JsMap,
        JsMutableMap=JsMutableMap,
        JsNull=JsNull,
        JsOnceCallable=JsCallable,
        JsPromise=JsPromise,
        JsProxy=JsProxy,
        JsTypedArray=JsTypedArray,
        can_run_sync=can_run_sync,
        create_once_callable=create_once_callable,
        create_proxy=create_proxy,
        destroy_proxies=destroy_proxies,
        jsnull=jsnull,
        run_sync=run_sync,
        to_js=to_js,
    )


def _http() -> ModuleType:
    return _module(
        "pyodide.http",
        AbortError=AbortError,
        BodyUsedError=BodyUsedError,
        FetchResponse=FetchResponse,
        HttpStatusError=HttpStatusError,
        pyfetch=pyfetch,
    )


def _code() -> ModuleType:
    return _module("pyodide.code", relaxed_call=relaxed_call)


def _webloop() -> ModuleType:
    return _module("pyodide.webloop", WebLoop=type("WebLoop", (), {}))


def _entrypoint_helper(env: JsObject, wait_until: Callable[..., object]) -> ModuleType:
    workers = JsObject({"env": env, "waitUntil": native(wait_until, "waitUntil")})
    made = _EntrypointHelper("_pyodide_entrypoint_helper")
    made.__dict__.update(
        cloudflareWorkersModule=wrap(workers, None),
        cloudflareSocketsModule=wrap(JsObject(), None),
        doAnImport=wrap(native(_import, "doAnImport"), None),
        patchWaitUntil=_patch_wait_until,
    )
    return made


class _EntrypointHelper(ModuleType):
    """In workerd this is a JavaScript object: what it lacks is named, and no more."""

    def __getattr__(self, name: str) -> NoReturn:
        raise AttributeError(name)


def _patch_wait_until(_ctx: Any) -> None:
    """workerd teaches `ctx.waitUntil` to take coroutines here; ours takes them."""


def _import(name: object = undefined) -> Promise:
    return Promise.failed(error(f'No such module "{name}"'))
