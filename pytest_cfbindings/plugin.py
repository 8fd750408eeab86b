"""The pytest plugin: options, hooks and fixtures. Everything else is loaded on use."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from . import (
    active_session,
    async_tests,
    choice,
    frames,
    hookspecs,
    marker,
    storage_report,
)
from .active_session import VERDICTS, configuration, installed, or_fail, session_of

if TYPE_CHECKING:
    from .config import Config
    from .control import Cf
    from .event_loop import TestLoop
    from .session import Session
    from .template import Template

LOOP = pytest.StashKey["TestLoop"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    choice.add_options(parser)


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    pluginmanager.add_hookspecs(hookspecs)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Have `workers`, `js` and `pyodide` importable before the root conftest is."""
    active_session.start(early_config)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", marker.DESCRIPTION)
    choice.check_backend(config)
    # Again, in case a conftest named the plugin and it came late.
    active_session.start(config)
    active_session.warn(config)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    choice.install_backend(session.config)


def pytest_report_header(config: pytest.Config) -> list[str]:
    session = active_session.found(config)
    if session is None:
        return []
    from .summary import header

    return [f"cfbindings: {line}" for line in header(session)]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    session = active_session.found(item.config)
    if session is not None and session.configurations.active():
        _begin(item, session)
    elif marker.config_path(item) is not None or async_tests.uses_fixtures(item):
        _begin(item, installed(item.config))
    else:
        marker.refuse_freeze(item)
    if async_tests.is_ours(item):
        async_tests.refuse_async_fixtures(item)


def _begin(item: pytest.Item, session: Session) -> None:
    item.config.stash[VERDICTS].clear()
    path, name = marker.config_path(item), marker.environment(item)
    # Else a fixture of the test's own may say which configuration it is.
    known = path is not None or session.configurations.active()
    or_fail(
        lambda: session.begin_test(
            partial(configuration, session, path, name) if known else None,
            marker.asked(item),
        )
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    try:
        yield
    finally:
        loop = item.stash.get(LOOP, None)
        if loop is not None:
            loop.close()
        session = active_session.found(item.config)
        if session is not None:
            failures = session.clock.failures
            session.end_test()
            for warning in [*failures.warnings(), *session.failed_work()]:
                item.warn(warning)
            failures.raise_first()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    if async_tests.is_async(item):
        async_tests.refuse_trio(item)
        async_tests.refuse_pending(item, item.stash.get(LOOP, None))
    try:
        yield
    finally:
        if VERDICTS in item.config.stash:
            item.config.stash[VERDICTS].enforce()
    session = active_session.found(item.config)
    if session is None:
        return
    complaint = session.complaint()
    if complaint is not None:
        pytest.fail(complaint, pytrace=False)
    for warning in session.unfinished_tasks():
        item.warn(warning)


def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run an async test that uses our fixtures and that no other plugin runs."""
    if not async_tests.is_ours(pyfuncitem):
        return None
    async_tests.run(pyfuncitem, _loop(pyfuncitem))
    return True


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    session = active_session.found(item.config)
    if session is not None and call.excinfo is not None and frames.wanted(item.config):
        frames.leave_out(call.excinfo.value)
    report = yield
    if session is not None and report.failed and report.when != "teardown":
        storage_report.add(report, item, session)
    return report


def pytest_assertrepr_compare(
    config: pytest.Config, op: str, left: object, right: object
) -> list[str] | None:
    session = active_session.found(config)
    if op != "==" or session is None or not session.dumps:
        return None
    return storage_report.explain(config, session, left, right)


@pytest.fixture
def cf_config_path(request: pytest.FixtureRequest) -> Path | None:
    """The Wrangler file this test uses; None if there is none.

    Override it by parametrize, in a class or in a directory's conftest.
    """
    return (
        marker.config_path(request.node)
        or session_of(request.config).configurations.found()
    )


@pytest.fixture
def cf_config(
    request: pytest.FixtureRequest, cf_config_path: Path | str | None
) -> Config:
    """The parsed configuration of `cf_config_path`, for the chosen environment."""
    path = cf_config_path
    if isinstance(path, str):
        path = request.config.rootpath / path
    name = marker.environment(request.node)
    return configuration(session_of(request.config), path, name)


@pytest.fixture
def cf_env(request: pytest.FixtureRequest, cf_config: Config) -> Any:
    """The Worker's `env`: every binding and var of the configuration.

    Storage is fresh for each test. It is what `from workers import env` gives.
    """
    session = installed(request.config)
    or_fail(lambda: session.activate(cf_config))
    return session.env()


@pytest.fixture
def env(cf_env: Any) -> Any:
    """The Worker's `env`, as `cf_env`: `await env.KV.get("key")`."""
    return cf_env


@pytest.fixture
def cf(request: pytest.FixtureRequest, cf_env: Any) -> Iterator[Cf]:
    """The test's powers: `cf.run(...)`, `cf.calls(env.KV)`, `cf.reset()`."""
    from .control import Cf, CfOnWorkerd

    folder, session = request.path.parent, session_of(request.config)
    powers = CfOnWorkerd if session.choice.on_workerd else Cf
    power = powers(session, _loop(request.node), cf_env, folder)
    yield power
    power.close()


@pytest.fixture(scope="module")
def cf_template(request: pytest.FixtureRequest) -> Generator[Template, None, None]:
    """What every test of a module begins with: `cf_template.seed("KV", {"k": "v"})`.

    For module-scoped fixtures. The seeds are stored once and cloned for each test, on
    top of those of the ini key `cf_seed`; no test sees what another one wrote.
    """
    from .template import Template

    session = installed(request.config)
    or_fail(session.begin_module)
    yield Template(session, request.path.parent)
    session.end_module()


@pytest.fixture
def cf_snapshot(request: pytest.FixtureRequest) -> Any:
    """syrupy's `snapshot`, with a readable JSON file for each test.

    `assert cf.dump() == cf_snapshot`; `name=`, `matcher=`, `exclude=` and the like as
    for `snapshot`. A snapshot that is missing fails until `--snapshot-update`.
    """
    if not request.config.pluginmanager.has_plugin("syrupy"):
        pytest.fail(
            "cf_snapshot needs syrupy, which is not installed or not loaded:"
            ' pip install "pytest-cfbindings[snapshot]"',
            pytrace=False,
        )
    from .state.snapshot_extension import StorageSnapshotExtension

    snapshot = request.getfixturevalue("snapshot")
    return snapshot.use_extension(StorageSnapshotExtension)


def _loop(item: pytest.Item) -> TestLoop:
    if LOOP not in item.stash:
        from .event_loop import TestLoop

        item.stash[LOOP] = TestLoop()
    return item.stash[LOOP]
