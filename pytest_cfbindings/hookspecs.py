"""The hooks a project or another plugin can implement, in a conftest for instance."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from .config import Config, OtherBinding

hookspec = pluggy.HookspecMarker("pytest")


@hookspec(firstresult=True)
def pytest_cfbindings_provide(binding: OtherBinding, config: Config) -> object | None:
    """Provide the object behind a binding of a kind that is not embedded.

    Called once for each such binding of a configuration. `binding` has `name` ("AI"),
    `kind` ("Workers AI") and `key` ("ai"). Return an object whose methods answer the
    Worker's calls, or None to leave the binding to others. Arguments and results are
    converted as they are between a Python Worker and the real binding; an `async`
    method is one that the Worker awaits.
    """


@hookspec
def pytest_cfbindings_env(
    config: Config, provide: Callable[[str, object], None]
) -> None:
    """Adjust the environment before each test.

    `provide(name, value)` replaces a var by another JSON value, or puts an object
    behind a binding that is not embedded, for the coming test.
    """
