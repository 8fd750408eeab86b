from collections.abc import Callable
from typing import Any

import pytest

from pytest_cfbindings.ffi.crossing import to_python
from pytest_cfbindings.javascript.objects import JsFunction, native
from pytest_cfbindings.javascript.values import undefined

Function = Callable[[Callable[..., object]], Any]


@pytest.fixture
def js_function() -> Function:
    """Makes a JavaScript function of a Python callable that gets JavaScript values."""
    return lambda call: to_python(native(call, "f"))


@pytest.fixture
def identity(js_function: Function) -> Any:
    """The JavaScript function `(x) => x`."""
    return js_function(lambda value=undefined: value)


@pytest.fixture
def call_it(js_function: Function) -> Any:
    """The JavaScript function `(f) => f()`."""

    def call(function: object) -> object:
        assert isinstance(function, JsFunction)
        return function.invoke(undefined, ())

    return js_function(call)
