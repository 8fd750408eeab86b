"""The session of a pytest run: begun where there is a Worker, known to every hook."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

from . import choice, verdicts

if TYPE_CHECKING:
    import pluggy

    from .config import Config, OtherBinding
    from .session import Session

T = TypeVar("T")

SESSION = pytest.StashKey["Session"]()
VERDICTS = pytest.StashKey[verdicts.Verdicts]()


def found(config: pytest.Config) -> Session | None:
    """The session, if one has begun."""
    return config.stash.get(SESSION, None)


def session_of(config: pytest.Config) -> Session:
    """The session, which begins now if it has not."""
    if SESSION not in config.stash:
        from .session import Session

        config.stash[VERDICTS] = verdicts.Verdicts()
        hooks = _Hooks(config.hook, config.stash[VERDICTS])
        config.stash[SESSION] = Session(choice.chosen(config), os.environ, hooks)
    return config.stash[SESSION]


def installed(config: pytest.Config) -> Session:
    """The session, with the runtime's modules importable until pytest ends."""
    session = session_of(config)
    if session.install():
        config.add_cleanup(session.uninstall)
    return session


def start(config: pytest.Config) -> None:
    """Begin a session if there is a Wrangler file, or to hide that of an outer one.

    Raises UsageError for a file that was named and is wrong.
    """
    if choice.is_there_one(config) or choice.inside_another_session():
        _check_named(installed(config))


def _check_named(session: Session) -> None:
    """A file that was named has to be right, before a conftest can stumble over it."""
    from .configurations import ConfigurationError

    if session.choice.named:
        try:
            session.configurations.config()
        except ConfigurationError as error:
            raise pytest.UsageError(str(error)) from None


def warn(config: pytest.Config) -> None:
    """Give the warnings about the session's configuration, once for all workers.

    Raises UsageError where warnings are errors.
    """
    session = found(config)
    if session is None or hasattr(config, "workerinput"):
        return
    from .summary import warnings

    for warning in warnings(session):
        try:
            config.issue_config_time_warning(warning, stacklevel=2)
        except UserWarning as error:
            raise pytest.UsageError(str(error)) from None


def configuration(session: Session, path: Path | None, name: str | None) -> Config:
    """The configuration of a file and environment; a bad one fails the test."""
    return or_fail(lambda: session.configurations.config(path, name))


def or_fail(step: Callable[[], T]) -> T:
    """What a step gives; a bad configuration fails the test without a traceback."""
    from .configurations import ConfigurationError

    try:
        return step()
    except ConfigurationError as error:
        problem = str(error)
    # Outside of the handler, or pytest shows the same text twice.
    pytest.fail(problem, pytrace=False)


class _Hooks:
    """Our pluggy hooks, as the session calls them."""

    def __init__(self, relay: pluggy.HookRelay, ends: verdicts.Verdicts) -> None:
        self._relay = relay
        self.skip = ends.skip
        self.fail = ends.fail

    def provide(self, binding: OtherBinding, config: Config) -> object | None:
        found: object = self._relay.pytest_cfbindings_provide(
            binding=binding, config=config
        )
        return found

    def adjust(self, config: Config, provide: Callable[[str, object], None]) -> None:
        self._relay.pytest_cfbindings_env(config=config, provide=provide)
