"""Dumps and seeds on the real runtime: what would not be the same skips."""

from typing import Any

import pytest

from pytest_cfbindings.ffi.crossing import to_python
from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.state.contents import Contents, Shape
from pytest_cfbindings.workerd.environment import RemoteEnvironment
from pytest_cfbindings.workerd.object_storage import storage_of

from .conftest import Skipped, binding

FULL = Shape(full=True)


def held(remote: RemoteEnvironment, name: str) -> Contents:
    return remote.contents()[name]


def test_a_full_dump_of_a_bucket_skips(remote: RemoteEnvironment) -> None:
    with pytest.raises(Skipped, match="versions and upload times"):
        held(remote, "BUCKET").dump(FULL)


async def test_uploads_in_progress_cannot_be_seen(remote: RemoteEnvironment) -> None:
    bucket: Any = binding(remote, "BUCKET")
    await bucket.createMultipartUpload("k")
    with pytest.raises(Skipped, match="a bucket with multipart uploads"):
        held(remote, "BUCKET").dump(Shape())
    with pytest.raises(Skipped, match="a bucket with multipart uploads"):
        held(remote, "BUCKET_AGAIN").dump(Shape())
    remote.reset("the next test begins")
    assert held(remote, "BUCKET").dump(Shape()) == {}


async def test_objects_that_were_used_cannot_be_seen(remote: RemoteEnvironment) -> None:
    from workers.rpc import _EnvWrapper

    assert held(remote, "NOTEBOOK").dump(Shape()) == {}
    env = _EnvWrapper(to_python(JsObject(dict(remote.bindings))))
    await storage_of(env.NOTEBOOK.getByName("one"), remote).put("k", 1)
    with pytest.raises(Skipped, match="no dump of Durable Objects"):
        held(remote, "NOTEBOOK").dump(Shape())


def test_objects_cannot_be_seeded(remote: RemoteEnvironment) -> None:
    with pytest.raises(Skipped, match="no seeds of Durable Objects"):
        held(remote, "NOTEBOOK").seed({"one": {"storage": {"k": 1}}}, "seed")


def test_what_the_binding_refuses_cannot_be_seeded(remote: RemoteEnvironment) -> None:
    far = {"k": {"value": "v", "expiration": 2**32}}
    with pytest.raises(Skipped, match=r"cannot store the seed: .* Value out of range"):
        held(remote, "KV").seed(far, "seed")


async def test_a_number_that_javascript_lacks_cannot_be_shown(
    remote: RemoteEnvironment,
) -> None:
    database: Any = binding(remote, "DB")
    await database.exec("CREATE TABLE t (a); INSERT INTO t VALUES (9007199254740993)")
    with pytest.raises(Skipped, match="JavaScript has no such number"):
        held(remote, "DB").dump(Shape())
