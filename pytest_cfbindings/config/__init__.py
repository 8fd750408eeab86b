"""The Wrangler file: path and environment in, configuration and diagnostics out.

Nothing in this package knows pytest. Behaviour is that of wrangler 4.164, measured.
"""

from .diagnostics import Diagnostic, Location
from .discovery import find
from .loader import load
from .migrations import Migration, list_migrations
from .model import (
    Config,
    D1Database,
    DurableObjectBinding,
    KVNamespace,
    Loaded,
    MigrationSettings,
    OtherBinding,
    QueueProducer,
    R2Bucket,
    RateLimiter,
    StorageKind,
)
from .sql_statements import split_statements
from .values import Json

__all__ = [
    "Config",
    "D1Database",
    "Diagnostic",
    "DurableObjectBinding",
    "Json",
    "KVNamespace",
    "Loaded",
    "Location",
    "Migration",
    "MigrationSettings",
    "OtherBinding",
    "QueueProducer",
    "R2Bucket",
    "RateLimiter",
    "StorageKind",
    "find",
    "list_migrations",
    "load",
    "split_statements",
]
