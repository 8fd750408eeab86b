"""What recorded cases mean where real workerd answers them again."""

import json

import pytest

from pytest_cfbindings.active_session import SESSION

from . import comparison


@pytest.fixture(autouse=True)
def _on_workerd(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = request.config.stash.get(SESSION, None)
    if session is None or not session.choice.on_workerd:
        return
    monkeypatch.setattr(comparison, "STORAGE_CLASS", "")
    case = getattr(request.node, "callspec", None)
    steps = case.params.get("case", {}).get("steps", []) if case else []
    if "random locally" in request.node.name:
        pytest.skip("what is random there cannot be compared")
    if '"sleep"' in json.dumps(steps):
        pytest.skip("the case waits for a minute, which passes at once only for us")
