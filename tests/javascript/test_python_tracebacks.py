import pytest

from pytest_cfbindings.ffi.pyproxy import wrap
from pytest_cfbindings.javascript.errors import PythonError
from pytest_cfbindings.javascript.objects import JsFunction
from pytest_cfbindings.javascript.python_tracebacks import format_traceback


def failing() -> None:
    raise ValueError("boom")


def explaining() -> None:
    try:
        failing()
    except ValueError as error:
        raise KeyError("why") from error


def _raised(call: object) -> BaseException:
    proxy = wrap(call)
    assert isinstance(proxy, JsFunction)
    with pytest.raises(Exception) as caught:  # noqa: PT011
        proxy.invoke(None, ())
    return caught.value


def test_a_traceback_begins_with_the_function_that_javascript_called() -> None:
    text = format_traceback(_raised(failing))
    assert text.count("  File ") == 1
    assert ", in failing\n" in text
    assert text.endswith("ValueError: boom\n")


def test_the_cause_is_told_as_well() -> None:
    text = format_traceback(_raised(explaining))
    assert "ValueError: boom\n\nThe above exception was the direct cause" in text
    assert text.endswith("KeyError: 'why'\n")


def test_javascript_sees_which_type_it_was() -> None:
    error = PythonError.of(_raised(failing))
    assert (error.js_get("name"), error.js_get("type")) == ("PythonError", "ValueError")
