"""Tests of the backend itself; each makes its runtime, whatever backend is chosen."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from pytest_cfbindings.clock import Clock
from pytest_cfbindings.config import Config, load
from pytest_cfbindings.ffi.crossing import to_python
from pytest_cfbindings.global_scope import GlobalScope
from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.worker.surroundings import Surroundings
from pytest_cfbindings.workerd.backend import Backend
from pytest_cfbindings.workerd.environment import RemoteEnvironment
from pytest_cfbindings.workerd.installation import installation, is_complete

CONFIG = Path(__file__).parents[1] / "worker" / "wrangler.toml"


Project = Callable[[str], pytest.Pytester]


class Skipped(BaseException):
    """A test would have been skipped."""


class Failed(BaseException):
    """A test would have failed."""


class Told:
    """Raises where the plugin would have pytest skip or fail a test."""

    def skip(self, reason: str) -> NoReturn:
        raise Skipped(reason)

    def fail(self, reason: str) -> NoReturn:
        raise Failed(reason)


@pytest.fixture(scope="session")
def runtime() -> None:
    """Skips the test where Node or Miniflare is not installed."""
    if not is_complete():
        pytest.skip(
            "Node or Miniflare is not installed: pip install -e '.[workerd]', then"
            " pytest --cf-backend=workerd once"
        )


@pytest.fixture
def project(runtime: None, pytester: pytest.Pytester) -> Project:
    """Makes the inner project: one of the examples."""

    def make(example: str) -> pytest.Pytester:
        pytester.copy_example(example)
        sys.modules.pop("entry", None)
        return pytester

    return make


@pytest.fixture(scope="session")
def config() -> Config:
    found = load(CONFIG, cwd=CONFIG.parent, environ={}).config
    assert found is not None
    return found


@pytest.fixture(scope="module")
def backend(runtime: None) -> Iterator[Backend]:
    """One for the tests of a module; after one that ends it, it starts anew."""
    made = Backend(installation, Told(), timeout=10)
    yield made
    made.end()


@pytest.fixture
def remote(backend: Backend, config: Config) -> Iterator[RemoteEnvironment]:
    environment = made(config, backend)
    yield environment
    environment.reset("the test has ended")


def made(config: Config, backend: Backend) -> RemoteEnvironment:
    """What a test's `env` shows."""
    around = Surroundings(Clock(), GlobalScope(), JsObject(), lambda _: None)
    return RemoteEnvironment(config, around, lambda _other, _config: None, backend)


def binding(environment: RemoteEnvironment, name: str) -> object:
    """A binding as Pyodide has it, without the SDK."""
    return to_python(JsObject(dict(environment.bindings)).js_get(name))
