"""js.structuredClone as Python calls it (measured on Pyodide 314)."""

import js
import pytest
from pyodide.ffi import JsException, to_js

from pytest_cfbindings.ffi.proxy import JsProxy


def test_a_converted_dict_is_cloned() -> None:
    given = to_js({"a": [1, None, b"x"]})
    copy = js.structuredClone(given)
    assert isinstance(copy, JsProxy)
    assert copy != given
    assert copy.a.to_py() == [1, None, memoryview(b"x")]


@pytest.mark.parametrize(
    "value", [[1], {"a": 1}, b"x", range(3), object(), ValueError("x")]
)
def test_a_python_object_is_refused(value: object) -> None:
    for given in (value, to_js({"inside": object()})):
        with pytest.raises(JsException) as caught:
            js.structuredClone(given)
        assert str(caught.value) == (
            "DataCloneError: [object Object] could not be cloned."
        )


@pytest.mark.parametrize("value", [len, lambda: 1, int])
def test_a_python_function_is_refused(value: object) -> None:
    for given in (value, to_js([value])):
        with pytest.raises(JsException) as caught:
            js.structuredClone(given)
        assert str(caught.value) == "DataCloneError: function(){} could not be cloned."


def test_transfer_is_a_keyword() -> None:
    buffer = to_js(b"abc").buffer
    assert js.structuredClone(buffer, transfer=to_js([buffer])).to_bytes() == b"abc"
    assert buffer.byteLength == 0
