"""The types against the bindings that they describe."""

import inspect

import pytest

from pytest_cfbindings import typing as types
from pytest_cfbindings.d1.database import D1Database
from pytest_cfbindings.d1.session import D1DatabaseSession
from pytest_cfbindings.d1.statement import D1PreparedStatement
from pytest_cfbindings.durable_objects.ids import DurableObjectId
from pytest_cfbindings.durable_objects.namespace import DurableObjectNamespace
from pytest_cfbindings.durable_objects.sql_cursor import SqlCursor
from pytest_cfbindings.durable_objects.sql_storage import SqlStorage
from pytest_cfbindings.durable_objects.state import DurableObjectState
from pytest_cfbindings.durable_objects.storage import DurableObjectStorage
from pytest_cfbindings.durable_objects.sync_kv import SyncKvStorage
from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.kv.namespace import KvNamespace
from pytest_cfbindings.queues.producer import WorkerQueue
from pytest_cfbindings.r2.bucket import R2Bucket
from pytest_cfbindings.r2.checksums import Checksums
from pytest_cfbindings.r2.objects import GetResult, HeadResult
from pytest_cfbindings.r2.upload import R2MultipartUpload

PAIRS = [
    (types.KVNamespace, KvNamespace),
    (types.D1Database, D1Database),
    (types.D1DatabaseSession, D1DatabaseSession),
    (types.D1PreparedStatement, D1PreparedStatement),
    (types.R2Bucket, R2Bucket),
    (types.R2Object, HeadResult),
    (types.R2ObjectBody, GetResult),
    (types.R2MultipartUpload, R2MultipartUpload),
    (types.R2Checksums, Checksums),
    (types.DurableObjectNamespace, DurableObjectNamespace),
    (types.DurableObjectId, DurableObjectId),
    (types.DurableObjectState, DurableObjectState),
    (types.DurableObjectStorage, DurableObjectStorage),
    (types.SqlStorage, SqlStorage),
    (types.SqlCursor, SqlCursor),
    (types.SyncKvStorage, SyncKvStorage),
    (types.Queue, WorkerQueue),
]

# What always fails in production, and two classes that nobody calls.
LEFT_OUT = {"dump", "Cursor", "Statement"}


@pytest.mark.parametrize(("protocol", "binding"), PAIRS, ids=lambda c: c.__name__)
def test_a_type_has_the_names_of_its_binding(
    protocol: type, binding: type[JsObject]
) -> None:
    typed = {name for name, _ in inspect.getmembers(protocol) if name[0] != "_"}
    real = {name for name in binding.members if isinstance(name, str)}
    inherited = {name for name in JsObject.members if isinstance(name, str)}
    assert typed - inherited == real - inherited - LEFT_OUT
