"""Types of the bindings, as Python Workers see them through Cloudflare's SDK.

They are for annotations alone: nothing at run time is an instance of them, and a
Worker imports them under `TYPE_CHECKING`, since this package is not deployed with it:

    if TYPE_CHECKING:
        from pytest_cfbindings.typing import KVNamespace

`python -m pytest_cfbindings types` writes the type of a project's own `env`. Parameters
are positional-only where a keyword would be an option in production: `get(key="k")`
asks for another key there, and is an error here.
"""

from .d1 import (
    D1Database,
    D1DatabaseSession,
    D1ExecResult,
    D1Meta,
    D1PreparedStatement,
    D1Result,
    D1Value,
)
from .durable_object_storage import (
    DurableObjectStorage,
    SqlCursor,
    SqlStorage,
    SyncKvStorage,
)
from .durable_objects import (
    AlarmInfo,
    DurableObjectId,
    DurableObjectNamespace,
    DurableObjectState,
    DurableObjectStub,
)
from .events import ExecutionContext, Fetcher, RateLimit, ScheduledController
from .kv import KVKey, KVListResult, KVNamespace, KVValueWithMetadata
from .queues import MessageBatch, Queue, QueuedMessage, SendRequest
from .r2 import (
    R2Bucket,
    R2Checksums,
    R2Conditional,
    R2HttpMetadata,
    R2ListedObject,
    R2ListResult,
    R2MultipartUpload,
    R2Object,
    R2ObjectBody,
    R2Range,
    R2UploadedPart,
)
from .values import Buffer, JsDict, ReadableStream

__all__ = [
    "AlarmInfo",
    "Buffer",
    "D1Database",
    "D1DatabaseSession",
    "D1ExecResult",
    "D1Meta",
    "D1PreparedStatement",
    "D1Result",
    "D1Value",
    "DurableObjectId",
    "DurableObjectNamespace",
    "DurableObjectState",
    "DurableObjectStorage",
    "DurableObjectStub",
    "ExecutionContext",
    "Fetcher",
    "JsDict",
    "KVKey",
    "KVListResult",
    "KVNamespace",
    "KVValueWithMetadata",
    "MessageBatch",
    "Queue",
    "QueuedMessage",
    "R2Bucket",
    "R2Checksums",
    "R2Conditional",
    "R2HttpMetadata",
    "R2ListResult",
    "R2ListedObject",
    "R2MultipartUpload",
    "R2Object",
    "R2ObjectBody",
    "R2Range",
    "R2UploadedPart",
    "RateLimit",
    "ReadableStream",
    "ScheduledController",
    "SendRequest",
    "SqlCursor",
    "SqlStorage",
    "SyncKvStorage",
]
