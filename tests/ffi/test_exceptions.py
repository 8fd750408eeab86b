import traceback

import js
import pytest
from pyodide.ffi import ConversionError, JsException, JsProxy

from .conftest import Function


def test_an_error_is_an_exception_and_a_proxy() -> None:
    error = js.TypeError.new("bad")
    assert isinstance(error, JsException)
    assert isinstance(error, JsProxy)
    assert isinstance(error, Exception)
    assert not isinstance(error, TypeError)


def test_its_text_is_name_and_message() -> None:
    error = js.TypeError.new("bad")
    assert str(error) == repr(error) == error.toString() == "TypeError: bad"
    assert (error.name, error.message) == ("TypeError", "bad")
    assert error.stack.startswith("TypeError: bad\n")
    assert str(js.Error.new()) == "Error"


def test_it_can_be_raised_and_caught() -> None:
    with pytest.raises(JsException, match="RangeError: out") as caught:
        raise js.RangeError.new("out")
    assert caught.value.args == (caught.value,)


def test_its_properties_are_attributes() -> None:
    error = js.Error.new("m")
    error.code = 5
    assert error.code == 5
    assert not hasattr(error, "nope")


def test_it_is_truthy_hashable_and_equal_to_itself() -> None:
    error = js.Error.new("")
    assert error
    assert error == error
    assert hash(error) == hash(error)


def test_it_can_have_notes() -> None:
    error = js.Error.new("m")
    error.add_note("n")
    assert error.__notes__ == ["n"]


def test_python_can_make_one() -> None:
    assert str(JsException("Name", "message")) == "Name: message"
    alone = JsException("m")
    assert (str(alone), alone.name, alone.message) == ("m", "m", "")


def test_tracebacks_name_it_as_pyodide_does() -> None:
    [line] = traceback.format_exception_only(js.TypeError.new("bad"))
    assert line == "pyodide.ffi.JsException: TypeError: bad\n"
    assert JsProxy.__module__ == ConversionError.__module__ == "pyodide.ffi"


def test_a_python_exception_passes_through_javascript(call_it: Function) -> None:
    error = ValueError("boom")

    def fail() -> None:
        raise error

    with pytest.raises(ValueError, match="boom") as caught:
        call_it(fail)
    assert caught.value is error


def test_a_javascript_error_passes_through_python(call_it: Function) -> None:
    def fail() -> None:
        raise js.TypeError.new("bad")

    with pytest.raises(JsException, match="TypeError: bad"):
        call_it(fail)


async def test_through_a_promise_a_python_exception_is_a_python_error(
    call_it: Function,
) -> None:
    async def fail() -> None:
        raise ValueError("boom")

    with pytest.raises(JsException) as caught:
        await call_it(fail)
    assert caught.value.name == "PythonError"
    assert caught.value.message.endswith("ValueError: boom\n")
    assert isinstance(caught.value.__cause__, ValueError)
