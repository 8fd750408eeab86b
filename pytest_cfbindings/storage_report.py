"""What pytest shows of storage: why two dumps differ, and what a failing test left."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .session import Session

_FULL = 2
"""From this verbosity on, nothing is cut."""


def explain(
    config: pytest.Config, session: Session, left: object, right: object
) -> list[str] | None:
    """The explanation of `left == right`, for the hook; None if neither is a dump."""
    from .state.explanation import explain

    now_ms = session.runtime().clock.now_ms()
    return explain(left, right, session.dumps, now_ms, _room(config))


def add(report: pytest.TestReport, item: pytest.Item, session: Session) -> None:
    """The section "cf storage" for a failed test that had to do with storage."""
    # What failed may be the runtime itself: it is not asked.
    if not session.in_use or session.choice.on_workerd:
        return
    contents = session.contents()
    asked = "cf_env" in getattr(item, "fixturenames", ())
    if not contents or not (asked or any(held.touched for held in contents.values())):
        return
    from .state.failure_report import storage_section

    now_ms = session.runtime().clock.now_ms()
    everything = item.config.get_verbosity() >= _FULL
    report.sections.append(
        ("cf storage", storage_section(contents, now_ms, everything))
    )


def _room(config: pytest.Config) -> int | None:
    """How many lines of an explanation pytest shows; None for all."""
    verbosity = config.get_verbosity(config.VERBOSITY_ASSERTIONS)
    if verbosity >= _FULL or os.environ.get("CI") or os.environ.get("BUILD_NUMBER"):
        return None
    return int(config.getini("truncation_limit_lines") or 8) or None
