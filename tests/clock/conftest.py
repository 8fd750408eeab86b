"""A Worker that waits in every way there is."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def cf_config_path() -> Path:
    return Path(__file__).parent / "worker" / "wrangler.toml"


@pytest.fixture
def log(cf: Any) -> Iterator[list[tuple[object, float]]]:
    """What the Worker notes, with the time of each."""
    import sleeper  # type: ignore[import-not-found]

    sleeper.log.clear()
    yield sleeper.log
    sys.modules["sleeper"].gate = None  # type: ignore[attr-defined]
