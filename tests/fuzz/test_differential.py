"""Random steps on the embedded bindings and on workerd's: each has one outcome.

`--fuzz-steps=N` runs about N steps for each product, other ones in each run; otherwise
it is some hundred, and always the same ones.
"""

import asyncio
import re
from collections.abc import Callable
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st

from . import d1_steps, kv_steps, r2_steps, storage_steps
from .steps import Perform, Step, World, outcome

pytestmark = [
    pytest.mark.cfbindings(config="wrangler.toml"),
    pytest.mark.filterwarnings("ignore::pytest_cfbindings.IgnoredArgumentWarning"),
    # Of an example that has failed, and is explained by its own text.
    pytest.mark.filterwarnings("ignore:Generating overly large repr"),
]

FreshWorlds = Callable[[], tuple[World, World]]
SEQUENCE = 50
"""The most steps of an example; storage is fresh for each example."""


@pytest.fixture
def compare(
    request: pytest.FixtureRequest, fresh_worlds: FreshWorlds
) -> Callable[[st.SearchStrategy[Step], Perform], None]:
    wanted = request.config.getoption("--fuzz-steps")

    def run(steps: st.SearchStrategy[Step], perform: Perform) -> None:
        done = 0

        @hypothesis.settings(
            max_examples=max(1, (wanted or 200) // (SEQUENCE // 2)),
            derandomize=wanted is None,
            deadline=None,
            database=None,
            suppress_health_check=list(hypothesis.HealthCheck),
            phases=[hypothesis.Phase.generate],
        )
        @hypothesis.given(st.lists(steps, min_size=SEQUENCE // 2, max_size=SEQUENCE))
        def example(sequence: list[Step]) -> None:
            nonlocal done
            done += asyncio.run(_compare(fresh_worlds(), sequence, perform))

        example()
        request.node.user_properties.append(("steps", done))
        print(f"{done} steps")

    return run


async def _compare(
    worlds: tuple[World, World], sequence: list[Step], perform: Perform
) -> int:
    ours, theirs = worlds
    for number, step in enumerate(sequence):
        got, want = [await outcome(perform, world, step) for world in (ours, theirs)]
        assert got == want, _explained(sequence[: number + 1], got, want)
    return len(sequence)


def _explained(steps: list[Step], got: Any, want: Any) -> str:
    shown = [re.sub(r"(k{20})k+", r"\1...", f"{step!r:.300}") for step in steps]
    before = "".join(f"\n    {step}" for step in shown[:-1])
    return f"{shown[-1]}:\n  {got!r:.700}\n  workerd: {want!r:.700}\nafter{before}"


def test_kv(compare: Any) -> None:
    compare(kv_steps.STEPS, kv_steps.perform)


def test_d1(compare: Any) -> None:
    compare(d1_steps.STEPS, d1_steps.perform)


def test_r2(compare: Any) -> None:
    compare(r2_steps.STEPS, r2_steps.perform)


@pytest.mark.parametrize("namespace", ["SQL", "KVO"])
def test_durable_object_storage(compare: Any, namespace: str) -> None:
    compare(storage_steps.steps(namespace), storage_steps.perform)
