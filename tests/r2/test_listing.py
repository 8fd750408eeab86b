"""Pages of sorted names."""

from collections.abc import Sequence
from typing import Any, overload

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cfbindings.r2.listing import page_of


class Counted(Sequence[str]):
    """Names that count how often one of them is looked at."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.reads = 0

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: Any) -> Any:
        self.reads += 1
        return self.names[index]

    def __len__(self) -> int:
        return len(self.names)


@pytest.mark.parametrize("delimiter", ["", "/"])
def test_the_work_does_not_grow_with_the_bucket(delimiter: str) -> None:
    reads = []
    for size in (1_000, 100_000):
        names = Counted([f"{n // 10:05}/{n % 10}" for n in range(size)])
        page = page_of(names, 10, delimiter=delimiter, after="00050/0")
        assert len(page.keys) + len(page.prefixes) == 10
        reads.append(names.reads)
    assert reads[1] < reads[0] * 2


NAMES = st.lists(st.text("ab/", max_size=5), unique=True).map(sorted)


@given(
    NAMES,
    st.text("ab/", max_size=2),
    st.sampled_from(["", "/", "b", "//"]),
    st.integers(1, 4),
)
def test_pages_together_are_the_whole_listing(
    names: list[str], prefix: str, delimiter: str, limit: int
) -> None:
    keys: list[str] = []
    prefixes: list[str] = []
    after, pages = None, 0
    while True:
        page = page_of(names, limit, prefix, delimiter, after)
        keys += page.keys
        prefixes += page.prefixes
        pages += 1
        if page.last is None:
            break
        assert len(page.keys) + len(page.prefixes) == limit
        after = page.last
    matching = [name for name in names if name.startswith(prefix)]
    folded = [n for n in matching if delimiter and delimiter in n[len(prefix) :]]
    groups = {
        prefix + n[len(prefix) :].partition(delimiter)[0] + delimiter for n in folded
    }
    assert keys == [name for name in matching if name not in folded]
    assert prefixes == sorted(groups)
    assert pages == max(1, -(-(len(keys) + len(prefixes)) // limit))
