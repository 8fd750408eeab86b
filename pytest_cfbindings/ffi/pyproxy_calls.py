"""The ways in which JavaScript can call a Python callable."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from ..javascript.conversions import truthy
from ..javascript.errors import type_error
from ..javascript.iteration import iterate
from ..javascript.objects import JsFunction, JsObject, PropertyKey, own_entries
from ..javascript.values import is_nullish, undefined
from .pyproxy import PyCallable, call_python
from .relaxed_call import relaxed_call


def _call(
    this: Any, arguments: Sequence[object], relaxed: bool = False, named: bool = False
) -> object:
    assert isinstance(this, PyCallable)
    keywords: dict[str, object] = {}
    if named:
        if not arguments:
            raise type_error(
                "callKwargs requires at least one argument (the key word argument"
                " object)"
            )
        *arguments, last = arguments
        if not isinstance(last, JsObject):
            raise type_error("kwargs argument is not an object")
        keywords = dict(own_entries(last))
    target = this.hold.target()
    return call_python(
        partial(relaxed_call, target) if relaxed else target, arguments, keywords
    )


def _plain(this: Any, this_argument: object = undefined, *arguments: object) -> object:
    assert isinstance(this, PyCallable)
    return this.invoke(this_argument, arguments)


def _apply(
    this: Any, this_argument: object = undefined, arguments: object = undefined
) -> object:
    assert isinstance(this, PyCallable)
    given = () if is_nullish(arguments) else tuple(iterate(arguments))
    return this.invoke(this_argument, given)


def _bind(this: Any, bound_this: object = undefined, *bound: object) -> JsFunction:
    assert isinstance(this, PyCallable)

    def call(_this: object, *arguments: object) -> object:
        return this.invoke(bound_this, (*bound, *arguments))

    return JsFunction(call)


def _call_kwargs(this: Any, *arguments: object) -> object:
    return _call(this, arguments, named=True)


def _call_relaxed(this: Any, *arguments: object) -> object:
    return _call(this, arguments, relaxed=True)


def _call_kwargs_relaxed(this: Any, *arguments: object) -> object:
    return _call(this, arguments, relaxed=True, named=True)


def _call_with_options(
    this: Any, options: object = undefined, *arguments: object
) -> object:
    def says(name: str) -> bool:
        return isinstance(options, JsObject) and truthy(options.js_get(name))

    return _call(this, arguments, says("relaxed"), says("kwargs"))


def _capture_this(this: Any) -> PyCallable:
    assert isinstance(this, PyCallable)
    return PyCallable(this.hold.target(), capture_this=True)


CALLABLE: dict[PropertyKey, object] = {
    "apply": JsFunction(_apply, "apply"),
    "bind": JsFunction(_bind, "bind"),
    "call": JsFunction(_plain, "call"),
    "callKwargs": JsFunction(_call_kwargs, "callKwargs"),
    "callRelaxed": JsFunction(_call_relaxed, "callRelaxed"),
    "callKwargsRelaxed": JsFunction(_call_kwargs_relaxed, "callKwargsRelaxed"),
    "callWithOptions": JsFunction(_call_with_options, "callWithOptions"),
    "captureThis": JsFunction(_capture_this, "captureThis"),
    "prototype": undefined,
}
