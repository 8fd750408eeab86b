"""What holds for any value that goes to JavaScript and comes back."""

from typing import Any

import js
from hypothesis import given
from hypothesis import strategies as st
from pyodide.ffi import to_js
from workers import python_from_rpc, python_to_rpc

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text()
)


def values(*, tuples: bool) -> st.SearchStrategy[Any]:
    """Values of the types that both sides have, with tuples if the way takes them."""

    def containers(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        lists = st.lists(inner, max_size=4)
        return st.one_of(
            lists,
            st.dictionaries(st.text(), inner, max_size=4),
            st.sets(SCALARS, max_size=4),
            lists.map(tuple) if tuples else lists,
        )

    return st.recursive(st.one_of(SCALARS, st.binary()), containers, max_leaves=20)


def returned(value: Any) -> Any:
    """What a value is after the way: a tuple a list, bytes a memoryview."""
    if isinstance(value, (list, tuple)):
        return [returned(item) for item in value]
    if isinstance(value, dict):
        return {key: returned(item) for key, item in value.items()}
    return memoryview(value) if isinstance(value, bytes) else value


@given(values(tuples=True))
def test_to_py_undoes_to_js(value: Any) -> None:
    assert to_js([value]).to_py() == [returned(value)]


@given(values(tuples=True))
def test_a_clone_comes_back_as_its_source_does(value: Any) -> None:
    sent = to_js({"value": value})
    assert js.structuredClone(sent).to_py() == sent.to_py()


@given(values(tuples=False))
def test_the_sdk_brings_back_what_it_sent(value: Any) -> None:
    assert python_from_rpc(python_to_rpc([value])) == [returned(value)]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=6))
def test_what_occurs_twice_or_contains_itself_does_so_afterwards(
    links: list[int],
) -> None:
    lists: list[list[Any]] = [[] for _ in range(4)]
    for number, link in enumerate(links):
        lists[number % 4].append(lists[link])
    assert shape(js.structuredClone(to_js(lists)).to_py()) == shape(lists)


def shape(lists: list[Any]) -> list[Any]:
    """Which of the inner lists each of them holds."""
    numbers = {id(inner): number for number, inner in enumerate(lists)}
    return [[numbers[id(item)] for item in inner] for inner in lists]
