"""Full dumps put back in place of something else."""

import json
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings

from pytest_cfbindings import Cf

FOR_EACH_EXAMPLE = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
"""`cf.reset` is what the health check asks for."""


def check_restored(
    cf: Cf, fill: Callable[[], None], meanwhile: Callable[[], None] = lambda: None
) -> None:
    """What is filled in is dumped and, as JSON, put back over what came meanwhile.

    Then a full dump shows the same again.
    """
    cf.reset()
    fill()
    dump: dict[str, Any] = json.loads(json.dumps(cf.dump(full=True)))
    cf.reset()
    meanwhile()
    cf.restore(dump)
    assert cf.dump(full=True) == dump
