"""What faults and eventual consistency cost an operation: loaded, armed, asked for."""

import sys
from collections.abc import Awaitable, Callable

from pytest_cfbindings.conditions import Conditions
from pytest_cfbindings.session import Session

Report = Callable[[str, float, str, float], None]
Measure = Callable[[Callable[[], Awaitable[object]], int], Awaitable[float]]

_CALLS = 4000
_REFERENCE = "without the module loaded"


async def run(session: Session, measure: Measure, report: Report) -> None:
    """KV get: as it is, with faults loaded and armed elsewhere, and eventual."""
    assert not any(name.startswith("pytest_cfbindings.faults") for name in sys.modules)
    binding = session.env().KV

    async def cost() -> float:
        return await measure(lambda: binding.get("key"), _CALLS)

    await binding.put("key", "value")
    base = await cost()
    _arm(session, "COUNTER", "increment")
    report("KV get, another binding armed", await cost(), _REFERENCE, base)
    _arm(session, "KV", "delete")
    report("KV get, KV delete armed", await cost(), _REFERENCE, base)
    session.reset()
    environment = session.active_environment()
    environment.impose(Conditions(kv_eventual=True))
    await binding.put("key", "value")
    report("KV get, eventually consistent", await cost(), _REFERENCE, base)
    environment.impose(Conditions())
    session.reset()


def _arm(session: Session, name: str, method: str) -> None:
    from pytest_cfbindings.faults.schedule import Schedule

    session.faults().arm(
        name,
        session.active_environment().bindings[name],
        method,
        None,
        Schedule(),
        after_effect=False,
        turn=1,
        must_fire=False,
    )
