"""What production does and local workerd does not: we do as production.

Each of these tests fails on workerd, and says why; docs/differences.md lists them.
"""

from typing import Any

import pytest
from pyodide.ffi import JsException


@pytest.mark.stricter_than_local("it would reach another object, never the one meant")
def test_durable_object_namespaces_take_no_id_of_another_class(env: Any) -> None:
    foreign = env.NOTEBOOK.idFromName("a")
    with pytest.raises(JsException, match="is not valid for this namespace"):
        env.COUNTER.get(foreign)
