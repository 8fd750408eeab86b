"""Blob and File: what they are made of (measured on workerd)."""

from collections.abc import Iterator
from typing import Any

import js
import pytest
from pyodide.ffi import JsException, to_js

from pytest_cfbindings.io_context import CURRENT, IoContext


@pytest.fixture
def _event() -> Iterator[None]:
    token = CURRENT.set(IoContext("GET /"))
    yield
    CURRENT.reset(token)


@pytest.mark.parametrize("parts", [["a"], ("a",), [], b"abc", {"a": 1}, {"a"}])
@pytest.mark.parametrize("name", ["Blob", "File"])
@pytest.mark.usefixtures("_event")
def test_no_collection_of_pythons_is_an_array_in_a_worker(
    name: str, parts: Any
) -> None:
    refused = f"construct '{name}': constructor parameter 1 is not of type 'Array'"
    with pytest.raises(JsException, match=refused):
        getattr(js, name).new(parts, "name" if name == "File" else None)


@pytest.mark.usefixtures("_event")
def test_no_other_iterable_is_an_array_in_a_worker() -> None:
    for parts in (js.Uint8Array.new(3), js.Object("abc")):
        with pytest.raises(JsException, match="not of type 'Array'"):
            js.Blob.new(parts)
    assert js.Blob.new(to_js(["a", "bc"])).size == 3


def test_a_test_may_give_a_list() -> None:
    assert js.Blob.new(["a", "bc"]).size == 3
