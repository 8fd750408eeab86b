# pytester forgets the modules that were imported during a test. Those of the runtime
# have to be there before, or this session and the ones inside it would mix two copies;
# and the summary of every inner session would import Hypothesis anew.
import freezegun  # noqa: F401
import hypothesis
import pytest
import workers  # noqa: F401

import pytest_cfbindings.r2.s3.botocore_messages  # noqa: F401
from pytest_cfbindings.clock import Clock
from pytest_cfbindings.plugin import SESSION

pytest_plugins = ["pytester"]

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
def pytester(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> pytest.Pytester:
    """pytester's, printing the same on a build machine, where summaries are uncut."""
    for name in ("CI", "BUILD_NUMBER"):
        monkeypatch.delenv(name, raising=False)
    return pytester
