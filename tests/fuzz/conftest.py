"""The embedded bindings and those of workerd side by side, in one process."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from pytest_cfbindings.clock import Clock
from pytest_cfbindings.config import load
from pytest_cfbindings.control import Cf
from pytest_cfbindings.ffi.crossing import to_python
from pytest_cfbindings.global_scope import GlobalScope
from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.worker.surroundings import Surroundings
from pytest_cfbindings.workerd.backend import Backend
from pytest_cfbindings.workerd.environment import RemoteEnvironment
from pytest_cfbindings.workerd.installation import installation, is_complete
from pytest_cfbindings.workerd.object_storage import storage_of

from .steps import World

CONFIG = Path(__file__).with_name("wrangler.toml")


class Loud:
    """What may end a test early is an error here."""

    def skip(self, reason: str) -> NoReturn:
        raise AssertionError(reason)

    def fail(self, reason: str) -> NoReturn:
        raise AssertionError(reason)


@pytest.fixture(scope="module")
def remote() -> Iterator[RemoteEnvironment]:
    if not is_complete():
        pytest.skip(
            "Node or Miniflare is not installed: pip install -e '.[workerd]', then"
            " pytest --cf-backend=workerd once"
        )
    config = load(CONFIG, cwd=CONFIG.parent, environ={}).config
    assert config is not None
    backend = Backend(installation, Loud(), timeout=30)
    around = Surroundings(Clock(), GlobalScope(), JsObject(), lambda _: None)
    yield RemoteEnvironment(config, around, lambda _other, _config: None, backend)
    backend.end()


@pytest.fixture
def fresh_worlds(
    remote: RemoteEnvironment, env: Any, cf: Cf
) -> Callable[[], tuple[World, World]]:
    """Gives both, with nothing stored."""
    from workers.rpc import _EnvWrapper

    theirs = _EnvWrapper(to_python(JsObject(dict(remote.bindings))))

    def fresh() -> tuple[World, World]:
        cf.reset()
        remote.reset("the next example begins")
        return World(env, cf.storage), World(
            theirs, lambda stub: storage_of(stub, remote)
        )

    return fresh
