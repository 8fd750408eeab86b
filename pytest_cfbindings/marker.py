"""The marker `cfbindings`: its keywords, merged from all that apply to a test."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

import pytest

from . import choice

_KEYWORDS = ("config", "env", "freeze", "migrations", "recovery")
_LATER = ("kv_consistency", "kv_write_rate", "limits")

DESCRIPTION = (
    "cfbindings(config=PATH, env=NAME, freeze=INSTANT, migrations=NAME or bool,"
    " recovery=bool): the Wrangler file, relative to the test's own folder, and the"
    " environment that this test uses; the instant at which it stands still, a datetime"
    " or a text such as 2026-01-01T00:00:00Z; the last D1 migration that is applied, or"
    " whether any is; whether Durable Objects have point-in-time recovery, which local"
    " development lacks."
)


def keywords(item: pytest.Item) -> dict[str, Any]:
    """The keywords of all our markers on a test; the nearest one wins.

    Fails the test for a keyword that does not exist, or not yet.
    """
    found: dict[str, Any] = {}
    for marker in item.iter_markers("cfbindings"):
        if marker.args:
            _fail("takes keyword arguments only.")
        for name, value in marker.kwargs.items():
            _check(name)
            found.setdefault(name, value)
    return found


def config_path(item: pytest.Item) -> Path | None:
    """The file that a marker names; None if none does."""
    named = keywords(item).get("config")
    return None if named is None else item.path.parent / named


def environment(item: pytest.Item) -> str | None:
    """The environment that a marker names; None if none does."""
    name: str | None = keywords(item).get("env")
    return name


def freeze(item: pytest.Item) -> int | None:
    """The instant a marker freezes at, in epoch microseconds; None if none does."""
    instant = keywords(item).get("freeze")
    if instant is None:
        return None
    from .clock.instants import to_microseconds

    try:
        return to_microseconds(instant)
    except (TypeError, ValueError) as error:
        problem = str(error)
    _fail(f"freeze: {problem}")


def refuse_freeze(item: pytest.Item) -> None:
    """Fail a test that is to freeze without a Worker whose time that would be."""
    if freeze(item) is not None:
        _fail(
            "freeze= needs a Worker, and none is active for this test: there is no"
            " Wrangler file of a Python Worker at or above pytest's rootdir, and the"
            " test neither names one nor uses the fixtures env or cf. Name it with"
            " config=, or with pytest --cf-config path/to/wrangler.toml."
        )


def migrations(item: pytest.Item) -> bool | str:
    """Which D1 migrations a test finds applied: all, none, or those up to a name.

    Fails the test for a value that says none of this.
    """
    chosen = keywords(item).get("migrations")
    if chosen is None:
        return choice.migrations(item.config)
    if isinstance(chosen, (bool, str)):
        return chosen
    _fail("takes True, False or the name of a migration as migrations=.")


def recovery(item: pytest.Item) -> bool:
    """Whether Durable Objects have point-in-time recovery in a test.

    Fails the test for a value that is no bool.
    """
    chosen = keywords(item).get("recovery", False)
    if isinstance(chosen, bool):
        return chosen
    _fail("takes True or False as recovery=.")


def _check(name: str) -> None:
    if name in _LATER:
        _fail(f"cannot take {name}= in this version of pytest-cfbindings.")
    if name not in _KEYWORDS:
        _fail(f"has no keyword {name!r}; it has {', '.join(_KEYWORDS)}.")


def _fail(problem: str) -> NoReturn:
    pytest.fail(f"@pytest.mark.cfbindings {problem}", pytrace=False)
