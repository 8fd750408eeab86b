"""The marker `cfbindings`: its keywords, merged from all that apply to a test."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from . import choice

if TYPE_CHECKING:
    from .asked import Asked
    from .conditions import Conditions
    from .limit_changes import Changes

_KEYWORDS = (
    "config",
    "env",
    "freeze",
    "migrations",
    "recovery",
    "kv_consistency",
    "kv_write_rate",
    "random_seed",
    "limits",
)

DESCRIPTION = (
    "cfbindings(config=PATH, env=NAME, freeze=INSTANT, migrations=NAME or bool,"
    " recovery=bool, kv_consistency='eventual', kv_write_rate=bool,"
    " random_seed=NUMBER, limits={NAME: NUMBER or None}): the Wrangler file, relative"
    " to the test's own folder, and the environment that this test uses; the instant at"
    " which it stands still, a datetime or its text: 2026-01-01T00:00:00Z; the last"
    " D1 migration that is applied, or whether any is; whether Durable Objects have"
    " point-in-time recovery, which local development lacks; whether KV reads are as"
    " stale as production's may be, and whether a second write to a key within a second"
    " is refused; the seed with which chance decides what production leaves open;"
    " documented limits that are lower here, or off."
)


def keywords(item: pytest.Item) -> dict[str, Any]:
    """The keywords of all our markers on a test; the nearest one wins.

    Fails the test for a keyword that does not exist.
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


def asked(item: pytest.Item) -> Asked:
    """All that a test asks for besides its configuration.

    Fails the test for a value that cannot be.
    """
    from .asked import Asked

    return Asked(item.nodeid, _migrations(item), _freeze(item), _conditions(item))


def _freeze(item: pytest.Item) -> int | None:
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
    if _freeze(item) is not None:
        _fail(
            "freeze= needs a Worker, and none is active for this test: there is no"
            " Wrangler file of a Python Worker at or above pytest's rootdir, and the"
            " test neither names one nor uses the fixtures env or cf. Name it with"
            " config=, or with pytest --cf-config path/to/wrangler.toml."
        )


def _migrations(item: pytest.Item) -> bool | str:
    """Which D1 migrations a test finds applied: all, none, or those up to a name."""
    chosen = keywords(item).get("migrations")
    if chosen is None:
        return choice.migrations(item.config)
    if isinstance(chosen, (bool, str)):
        return chosen
    _fail("takes True, False or the name of a migration as migrations=.")


def _conditions(item: pytest.Item) -> Conditions:
    """What a test asks of production: the markers', else what the ini keys say."""
    from .conditions import Conditions

    every, chosen = choice.conditions(item.config), keywords(item)
    if not chosen:
        return every
    return Conditions(
        _eventual(chosen, every.kv_eventual),
        _bool(chosen, "kv_write_rate", every.kv_write_rate),
        _seed(chosen, every.random_seed),
        _limits(chosen),
        _bool(chosen, "recovery", every.recovery),
    )


def _eventual(chosen: dict[str, Any], otherwise: bool) -> bool:
    found = chosen.get("kv_consistency")
    if found is None:
        return otherwise
    if found not in choice.CONSISTENCIES:
        _fail(f"takes 'strong' or 'eventual' as kv_consistency=, not {found!r}.")
    return bool(found == choice.EVENTUAL)


def _bool(chosen: dict[str, Any], name: str, otherwise: bool) -> bool:
    found = chosen.get(name, otherwise)
    if isinstance(found, bool):
        return found
    _fail(f"takes True or False as {name}=.")


def _seed(chosen: dict[str, Any], otherwise: int | None) -> int | None:
    found = chosen.get("random_seed", otherwise)
    if found is None or (isinstance(found, int) and not isinstance(found, bool)):
        return found
    _fail(f"takes a whole number or None as random_seed=, not {found!r}.")


def _limits(chosen: dict[str, Any]) -> Changes:
    from .limit_changes import checked

    try:
        return checked(chosen.get("limits", {}))
    except ValueError as error:
        problem = str(error)
    _fail(f"limits: {problem}.")


def _check(name: str) -> None:
    if name not in _KEYWORDS:
        _fail(f"has no keyword {name!r}; it has {', '.join(_KEYWORDS)}.")


def _fail(problem: str) -> NoReturn:
    pytest.fail(f"@pytest.mark.cfbindings {problem}", pytrace=False)
