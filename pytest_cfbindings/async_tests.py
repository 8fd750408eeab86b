"""Which `async def` tests are ours to run, and which ones nobody could run."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .event_loop import TestLoop

_FIXTURES = frozenset(("cf", "cf_env", "cf_config", "cf_config_path"))


def is_async(item: pytest.Item) -> bool:
    """Whether the test is a coroutine function that uses our fixtures."""
    return uses_fixtures(item) and inspect.iscoroutinefunction(
        getattr(item, "obj", None)
    )


def uses_fixtures(item: pytest.Item) -> bool:
    """Whether the test has a fixture of ours."""
    return isinstance(item, pytest.Function) and not _FIXTURES.isdisjoint(
        item.fixturenames
    )


def is_ours(item: pytest.Item) -> bool:
    """Whether pytest-asyncio and anyio leave it alone, so that we run it.

    pytest-asyncio makes items of a class of its own, anyio asks for a fixture.
    """
    return (
        type(item) is pytest.Function
        and is_async(item)
        and "anyio_backend" not in item.fixturenames
    )


def run(item: pytest.Function, loop: TestLoop) -> None:
    """Run the test in a loop."""
    names = item._fixtureinfo.argnames
    loop.run(item.obj(**{name: item.funcargs[name] for name in names}))


def refuse_async_fixtures(item: pytest.Item) -> None:
    """Fail a test of ours that needs a plugin for one of its fixtures."""
    assert isinstance(item, pytest.Function)
    for name, definitions in item._fixtureinfo.name2fixturedefs.items():
        function = definitions[-1].func
        if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(
            function
        ):
            pytest.fail(
                f"{item.name} asks for the async fixture {name!r}, but no async plugin"
                f" runs this test. {_missing_marker(item)}",
                pytrace=False,
            )


def _missing_marker(item: pytest.Item) -> str:
    has_plugin = item.config.pluginmanager.has_plugin
    if has_plugin("asyncio"):
        return "Mark it with @pytest.mark.asyncio, or set asyncio_mode = auto."
    if has_plugin("anyio"):
        return "Mark it with @pytest.mark.anyio."
    return "Install pytest-asyncio and mark it with @pytest.mark.asyncio."


def refuse_trio(item: pytest.Item) -> None:
    """Fail a test that anyio runs on anything but asyncio."""
    assert isinstance(item, pytest.Function)
    backend = item.funcargs.get("anyio_backend", "asyncio")
    name = backend[0] if isinstance(backend, tuple) else backend
    if name != "asyncio":
        pytest.fail(
            f"{item.name} runs on {name}, but the Workers runtime is asyncio."
            " Have the fixture anyio_backend return 'asyncio'.",
            pytrace=False,
        )


def refuse_pending(item: pytest.Item, loop: TestLoop | None) -> None:
    """Fail a test whose fixtures left work in a loop that will not run again."""
    pending = loop.pending() if loop is not None else []
    if pending:
        pytest.fail(
            f"A fixture left work pending in cf.run(): {', '.join(pending)}. The async"
            f" test {item.name} has an event loop of its own, in which it would never"
            " go on. Let the fixture wait for it.",
            pytrace=False,
        )
