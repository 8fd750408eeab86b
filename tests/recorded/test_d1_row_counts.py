"""D1: rows_read and rows_written are what workerd counted, or are said to be unsure."""

from collections.abc import Iterator
from typing import Any

from pytest_cfbindings import Cf
from pytest_cfbindings.clock import Clock

from .golden import cases
from .replay import replay
from .values import tags

FIGURES = ("rows_read", "rows_written")


async def test_what_is_sure_is_right_and_most_is_sure(
    cf: Cf, env: Any, clock: Clock
) -> None:
    sure, unsure, wrong = 0, 0, []
    for case in cases("d1.json"):
        if not tags(case["steps"]).isdisjoint(("$undefined", "$map")):
            continue
        cf.reset()
        for name, is_exact, want, got in await measured(case, cf, env, clock):
            sure += is_exact
            unsure += not is_exact
            if is_exact and want != got:
                wrong.append((name, want, got))
    assert wrong == []
    assert sure >= 0.85 * (sure + unsure), (sure, unsure)


async def measured(
    case: dict[str, Any], cf: Cf, env: Any, clock: Clock
) -> list[tuple[str, bool, int, int]]:
    """Each recorded figure: whether ours is sure, the recorded one, and ours."""
    found = []
    seen = {"DB": 0, "DB2": 0}

    def after_step(index: int) -> None:
        step, want = case["steps"][index], case["results"][index].get("ok")
        new = []
        for name in seen:
            counts = cf.row_counts(getattr(env, name))
            new += counts[seen[name] :]
            seen[name] = len(counts)
        metas = list(_metas(want))
        chosen = _chosen(step, new)
        if len(metas) != len(chosen):
            return
        for meta, counts in zip(metas, chosen, strict=True):
            read = (counts.read_exact, meta["rows_read"], counts.read)
            written = (counts.written_exact, meta["rows_written"], counts.written)
            found.append((f"{case['name']} {index} read", *read))
            found.append((f"{case['name']} {index} written", *written))

    await replay(case, env, clock, after_step)
    return found


def _chosen(step: dict[str, Any], new: list[Any]) -> list[Any]:
    """The counts of the statements whose meta the step shows."""
    for link in step.get("chain", ()):
        if isinstance(link, str) and link.isdigit() and int(link) < len(new):
            return [new[int(link)]]
    return new


def _metas(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if set(FIGURES) <= set(value):
            yield value
        else:
            yield from _metas(value.get("meta"))
    elif isinstance(value, list):
        for item in value:
            yield from _metas(item)
