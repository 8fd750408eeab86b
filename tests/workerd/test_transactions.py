"""Transactions on the real runtime: what is left open or broken off stops nobody."""

import asyncio
import os
import signal
from typing import Any

import pytest
from pyodide.ffi import JsException

from pytest_cfbindings.config import Config
from pytest_cfbindings.ffi.crossing import to_python
from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.workerd.backend import Backend
from pytest_cfbindings.workerd.environment import RemoteEnvironment
from pytest_cfbindings.workerd.installation import installation
from pytest_cfbindings.workerd.object_storage import storage_of

from .conftest import Failed, Skipped, Told, made


def environment(remote: RemoteEnvironment) -> Any:
    from workers.rpc import _EnvWrapper

    return _EnvWrapper(to_python(JsObject(dict(remote.bindings))))


def storage(remote: RemoteEnvironment, name: str = "one") -> Any:
    return storage_of(environment(remote).NOTEBOOK.getByName(name), remote)


async def test_others_wait_until_it_has_ended(remote: RemoteEnvironment) -> None:
    notes = storage(remote)
    begun, seen = asyncio.Event(), []

    async def closure(txn: Any) -> None:
        begun.set()
        await txn.put("k", 1)
        await asyncio.sleep(0.01)
        seen.append("ends")
        txn.rollback()

    async def other() -> None:
        await begun.wait()
        seen.append(await notes.get("k"))

    await asyncio.gather(notes.transaction(closure), other())
    assert seen == ["ends", None]


async def test_what_cannot_wait_is_refused_meanwhile(remote: RemoteEnvironment) -> None:
    notes = storage(remote)
    begun = asyncio.Event()

    async def closure(_txn: Any) -> None:
        begun.set()
        await asyncio.sleep(0.01)

    async def other() -> None:
        await begun.wait()
        notes.sql.exec("SELECT 1")

    with pytest.raises(Exception, match="runs a transaction, and this is no part"):
        await asyncio.gather(notes.transaction(closure), other())


async def test_other_objects_go_on_meanwhile(remote: RemoteEnvironment) -> None:
    first, second = storage(remote, "first"), storage(remote, "second")

    async def inner(txn: Any) -> None:
        await txn.put("k", await first.get("k"))

    async def outer(txn: Any) -> None:
        await txn.put("k", 1)
        await second.transaction(inner)
        txn.rollback()

    await first.transaction(outer)
    assert [await first.get("k"), await second.get("k")] == [None, 1]


async def test_what_a_test_leaves_open_is_undone(remote: RemoteEnvironment) -> None:
    begun = asyncio.Event()

    async def closure(txn: Any) -> None:
        await txn.put("k", 1)
        begun.set()
        await asyncio.Event().wait()

    task = asyncio.ensure_future(storage(remote).transaction(closure))
    await begun.wait()
    remote.reset("the next test begins")
    assert await storage(remote).get("k") is None
    task.cancel()


async def test_one_that_is_cancelled_is_undone(remote: RemoteEnvironment) -> None:
    notes = storage(remote)
    tasks = []

    async def closure(txn: Any) -> None:
        await txn.put("k", 1)
        tasks.append(asyncio.current_task())
        tasks[0].cancel()
        await asyncio.sleep(0)

    with pytest.raises(JsException, match="CancelledError"):
        await notes.transaction(closure)
    assert await notes.get("k") is None


async def test_a_skip_inside_is_not_waited_for(remote: RemoteEnvironment) -> None:
    async def closure(txn: Any) -> None:
        await txn.put("k", 1)
        with pytest.raises(Skipped):
            environment(remote).NOTEBOOK.getByName("two").read("k")
        await asyncio.Event().wait()

    with pytest.raises(JsException, match="This test is skipped: the class of env"):
        await storage(remote).transaction(closure)
    remote.reset("the next test begins")
    assert await storage(remote).get("k") is None


@pytest.mark.skipif(os.name != "posix", reason="it sends signals")
async def test_a_runtime_that_is_killed_inside_fails_the_test(
    backend: Backend, remote: RemoteEnvironment
) -> None:
    async def closure(txn: Any) -> None:
        await txn.put("k", 1)
        assert backend.process is not None
        os.killpg(backend.process.pid, signal.SIGKILL)
        with pytest.raises(Failed, match=r"workerd is gone: .* asked .*, put"):
            await txn.put("l", 1)
        await asyncio.Event().wait()

    with pytest.raises(Exception, match="is gone, or its test has ended"):
        await storage(remote).transaction(closure)
    remote.reset("the next test begins")
    assert await storage(remote).get("k") is None


async def test_nothing_else_is_answered_inside_of_a_synchronous_one(
    remote: RemoteEnvironment,
) -> None:
    notes, env = storage(remote), environment(remote)

    def closure() -> None:
        notes.kv.put("k", 1)
        env.KV.get("k")

    with pytest.raises(Skipped, match=r"asks env\.KV inside of transactionSync"):
        notes.transactionSync(closure)
    assert notes.kv.get("k") is None


@pytest.mark.skipif(os.name != "posix", reason="it sends signals")
@pytest.mark.parametrize(
    ("sent", "problem"),
    [(signal.SIGKILL, "is gone"), (signal.SIGSTOP, r"did not answer within 0\.5 sec")],
)
async def test_a_runtime_that_ends_inside_of_a_synchronous_one_fails_the_test(
    runtime: None, config: Config, sent: signal.Signals, problem: str
) -> None:
    backend = Backend(installation, Told(), timeout=0.5)
    remote = made(config, backend)
    notes = storage(remote)

    def closure() -> None:
        notes.kv.put("k", 1)
        assert backend.process is not None
        os.killpg(backend.process.pid, sent)
        notes.kv.put("l", 1)

    with pytest.raises(Failed, match=f"workerd {problem}.* asked .*, put"):
        notes.transactionSync(closure)
    remote.reset("the next test begins")
    assert await storage(remote).get("k") is None
    backend.end()
