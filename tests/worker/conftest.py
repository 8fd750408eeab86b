import time
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def far_from_utc(monkeypatch: pytest.MonkeyPatch, env: Any) -> Iterator[None]:
    """A local time that is not UTC, as where the time zone cannot be set."""
    if not hasattr(time, "tzset"):
        pytest.skip("the time zone of a process cannot be set here")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
