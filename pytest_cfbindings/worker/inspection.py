"""Looking behind a binding that a test holds."""

import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..calls import Call, CallLog
from ..ffi.pyproxy import PyCallable, PyProxy
from ..ffi.to_py import to_py
from ..javascript.objects import PropertyKey
from ..javascript.values import JsNull

if TYPE_CHECKING:
    from ..sqlite.counts import RowCounts


def calls_of(binding: Any) -> list[Call]:
    """The calls of a binding, wrapped by the SDK or raw, with Python arguments.

    Raises TypeError for anything that is not one of our bindings.
    """
    log = getattr(behind(binding), "calls", None)
    if not isinstance(log, CallLog):
        raise TypeError(
            f"cf.calls() takes a binding such as env.KV, not {type(binding).__name__}"
        )
    return [
        Call(call.method, tuple(_shown(argument) for argument in call.args))
        for call in log.calls
    ]


def name_of(binding: Any, bindings: Mapping[PropertyKey, object], power: str) -> str:
    """The name of a binding, given by that name or as what a Worker has.

    Raises TypeError, in the name of the power, for anything else.
    """
    if isinstance(binding, str) and binding in bindings:
        return binding
    target = behind(binding)
    for name, found in bindings.items():
        if found is target:
            return str(name)
    raise TypeError(
        f"cf.{power}() takes a binding such as env.KV, or its name, not {binding!r}"
    )


def row_counts_of(binding: Any) -> "list[RowCounts]":
    """The row counts of a D1 database's statements. Raises TypeError for others."""
    counts: list[RowCounts] | None = getattr(behind(binding), "row_counts", None)
    if counts is None:
        raise TypeError(
            "cf.row_counts() takes a D1 binding such as env.DB, not"
            f" {type(binding).__name__}"
        )
    return list(counts)


def sqlite_copy(binding: Any) -> sqlite3.Connection:
    """A connection to a copy of the database behind a binding, for reading only.

    Raises TypeError for a binding without one.
    """
    serialize = getattr(behind(binding), "serialize", None)
    if serialize is None:
        raise TypeError(
            f"cf.sqlite() takes a D1 binding such as env.DB, not"
            f" {type(binding).__name__}"
        )
    connection = sqlite3.connect(":memory:")
    connection.deserialize(serialize())
    connection.execute("PRAGMA query_only = ON")
    return connection


def behind(binding: Any) -> object:
    """The JavaScript object behind what Python holds, wrapped by the SDK or raw."""
    proxy = getattr(binding, "_binding", binding)
    return getattr(proxy, "__js__", None)


def _shown(argument: object) -> Any:
    if isinstance(argument, (PyProxy, PyCallable)):
        return argument.hold.last_target()
    return _without_null(to_py(argument))


def _without_null(value: Any) -> Any:
    if isinstance(value, JsNull):
        return None
    if isinstance(value, dict):
        return {key: _without_null(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_null(item) for item in value]
    return bytes(value) if isinstance(value, memoryview) else value
