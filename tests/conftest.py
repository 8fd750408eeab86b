# pytester forgets the modules that were imported during a test. Those of the runtime
# have to be there before, or this session and the ones inside it would mix two copies;
# and the summary of every inner session would import Hypothesis anew.
from functools import cache
from importlib import import_module
from pkgutil import walk_packages

import freezegun  # noqa: F401
import hypothesis
import pytest
import workers  # noqa: F401

import pytest_cfbindings
from pytest_cfbindings.active_session import SESSION
from pytest_cfbindings.clock import Clock

pytest_plugins = ["pytester"]
SELDOM_NEEDED = ("inline_snapshot", "regressions", "pytest-datadir")

# How long an example takes says something of the machine, not of the code.
hypothesis.settings.register_profile("no deadline", deadline=None)
hypothesis.settings.load_profile("no deadline")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--fuzz-steps",
        type=int,
        metavar="N",
        help="about how many random steps to compare for each product with workerd's",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "stricter_than_local(reason): local workerd does not do what the test states,"
        " and we do, as production does; docs/differences.md lists these tests.",
    )


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """What local workerd does otherwise has to fail there, as long as we say so."""
    if config.getoption("--cf-backend") != "workerd":
        return
    for item in items:
        marker = item.get_closest_marker("stricter_than_local")
        if marker is not None:
            item.add_marker(pytest.mark.xfail(reason=marker.args[0], strict=True))


@pytest.fixture
def clock(request: pytest.FixtureRequest, env: object) -> Clock:
    """The clock of the session, which `env` follows."""
    return request.config.stash[SESSION].runtime().clock


@pytest.fixture
def no_workers(request: pytest.FixtureRequest) -> None:
    """Forget the Worker's modules of this session, before pytester keeps what it has.

    A Worker of a session inside would be mistaken for one of the same name.
    """
    if SESSION in request.config.stash:
        request.config.stash[SESSION].new_isolate()


@pytest.fixture
def pytester(
    no_workers: None, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> pytest.Pytester:
    """pytester's, printing the same on a build machine, where summaries are uncut.

    Its sessions are without the plugins that look around most and are seldom needed.
    """
    for name in ("CI", "BUILD_NUMBER"):
        monkeypatch.delenv(name, raising=False)
    unused = " ".join(f"-p no:{name}" for name in SELDOM_NEEDED)
    monkeypatch.setenv("PYTEST_ADDOPTS", unused)
    load_everything()
    return pytester


@cache
def load_everything() -> None:
    """Import what sessions inside of this one would each import for themselves."""
    for module in walk_packages(pytest_cfbindings.__path__, "pytest_cfbindings."):
        import_module(module.name)
