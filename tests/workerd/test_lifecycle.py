"""A runtime that is killed or hangs fails one test, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
from typing import Any

import pytest

from pytest_cfbindings.config import Config
from pytest_cfbindings.workerd.backend import Backend
from pytest_cfbindings.workerd.environment import RemoteEnvironment
from pytest_cfbindings.workerd.installation import installation

from .conftest import Failed, Project, Told, binding

pytestmark = [
    pytest.mark.usefixtures("runtime"),
    pytest.mark.skipif(os.name != "posix", reason="it sends signals"),
]


def group_of(backend: Backend) -> int:
    assert backend.process is not None
    return backend.process.pid


def runs(group: int) -> bool:
    """Whether any process of a group does."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pgid=,stat="], capture_output=True, text=True, check=True
    )
    running = [line.split() for line in listed.stdout.splitlines()]
    return any(int(pgid) == group and stat[0] != "Z" for pgid, stat in running)


def is_left(group: int) -> bool:
    """Whether any process of a group still runs when all that ends has ended."""
    return all(runs(group) for _ in range(500))


async def put_and_get(environment: RemoteEnvironment) -> Any:
    kv: Any = binding(environment, "KV")
    await kv.put("k", "v")
    return await kv.get("k")


async def test_nothing_is_left_when_a_session_ends(
    backend: Backend, remote: RemoteEnvironment
) -> None:
    assert await put_and_get(remote) == "v"
    group = group_of(backend)
    assert runs(group)
    backend.end()
    assert not is_left(group)


async def test_a_killed_runtime_fails_the_test_and_the_next_one_gets_another(
    backend: Backend, remote: RemoteEnvironment
) -> None:
    await put_and_get(remote)
    os.killpg(group_of(backend), signal.SIGKILL)
    with pytest.raises(Failed, match=r"workerd is gone: .* It was asked env\.KV, put"):
        await put_and_get(remote)
    assert backend.process is None
    remote.reset("the next test begins")
    assert await put_and_get(remote) == "v"


async def test_nothing_is_left_when_node_alone_was_killed(
    backend: Backend, remote: RemoteEnvironment, config: Config
) -> None:
    await put_and_get(remote)
    group = group_of(backend)
    os.kill(group, signal.SIGKILL)
    with pytest.raises(Failed, match="workerd cannot be started: Node has ended"):
        backend.restart(config)
    assert not is_left(group)


async def test_a_hung_runtime_is_given_up_and_ended(config: Config) -> None:
    backend = Backend(installation, Told(), timeout=0.5)
    numbers = backend.fresh(config)
    key = ("kvNamespaces", "kv-one")
    connection = backend.connect({"KV": f"{numbers[key]}:KV"})
    connection.root("KV")
    group = group_of(backend)
    os.killpg(group, signal.SIGSTOP)
    with pytest.raises(Failed, match=r"did not answer within 0\.5 seconds"):
        connection.ask({"operation": "root", "name": "0:DB"}, "env.DB")
    assert not is_left(group)


HANGS = """
import asyncio, os, signal
from pytest_cfbindings.active_session import SESSION

# Shells have what they start in the background ignore it.
signal.signal(signal.SIGINT, signal.default_int_handler)

def group(request):
    return request.config.stash[SESSION].backend.process.pid

async def test_hangs(env, request):
    await env.CACHE.get("k")
    os.killpg(group(request), signal.SIGSTOP)
    try:
        await env.CACHE.get("k")
    except BaseException:
        pass

async def test_goes_on(env):
    assert await env.CACHE.get("k") is None

async def test_is_interrupted(env, request):
    await env.CACHE.get("k")
    print("group", group(request), flush=True)
    os.kill(os.getpid(), signal.SIGINT)
    await asyncio.sleep(10)  # Another thread may get the signal, a moment later.
"""


def test_a_session_goes_on_after_a_hang_and_ends_all_when_it_is_interrupted(
    project: Project,
) -> None:
    pytester = project("quickstart")
    pytester.makepyfile(HANGS)
    result = pytester.runpytest_subprocess(
        *("--cf-backend=workerd", "-o", "cf_workerd_timeout=1", "-s", "-Wignore"),
        "test_a_session_goes_on_after_a_hang_and_ends_all_when_it_is_interrupted.py",
    )
    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(["*did not answer within 1 seconds*next test starts*"])
    assert result.ret == pytest.ExitCode.INTERRUPTED
    (shown,) = (line for line in result.outlines if "group " in line)
    assert not is_left(int(shown.split("group ")[1].split()[0]))


def test_the_runtime_ends_when_the_process_that_uses_it_is_killed() -> None:
    code = (
        "import sys\n"
        "from pytest_cfbindings.workerd.installation import installation\n"
        "from pytest_cfbindings.workerd.process import NodeProcess\n"
        "process = NodeProcess(installation())\n"
        "process.start({'classes': []})\n"
        "print(process.pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", code]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as user:
        assert user.stdout is not None
        group = int(user.stdout.readline())
        assert runs(group)
        user.kill()
        user.wait()
    assert not is_left(group)
