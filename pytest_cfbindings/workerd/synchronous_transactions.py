"""Transactions of workerd whose closures are a test's own, and synchronous.

workerd waits inside of them for what is asked next, and answers nothing else.
"""

from ..javascript.arrays import JsArray
from ..javascript.errors import JsThrow
from ..javascript.objects import JsFunction
from ..javascript.values import undefined
from .connection import Connection
from .links import Link

_SHOWN = "env.storage, transactionSync"


def run_transaction_sync(storage: Link, closure: JsFunction) -> object:
    """Run `closure` inside of `storage.transactionSync()`; what it gives.

    Raises what it raises, as it is.
    """
    connection = storage.binding.connect()
    if connection.is_waited_for:
        return _run(storage, connection, closure, *storage.ask("transactionSync"))
    message = {
        "operation": "atOnce",
        "target": storage.number_in(connection),
        "name": "transactionSync",
    }
    begun = connection.begin(message, _SHOWN)
    try:
        return _run(storage, connection, closure, *storage.read(begun))
    finally:
        if connection.is_open:
            _finish(storage, connection)


def _run(
    storage: Link,
    connection: Connection,
    closure: JsFunction,
    kind: str,
    entered: object,
) -> object:
    if kind != "entered":
        raise JsThrow(entered)
    try:
        result = closure.invoke(undefined, ())
    except BaseException:
        if connection.is_open:
            _end(storage, "thrown")
        raise
    _end(storage, "returned")
    return result


def _end(storage: Link, how: str) -> None:
    """The closure has ended. Raises JsThrow if the transaction has in another way."""
    kind, ended = storage.ask("end", how)
    if kind != "returned":
        raise JsThrow(ended)


def _finish(storage: Link, connection: Connection) -> None:
    """Settle what was promised. Raises JsThrow if the object was reset."""
    kind, ended = storage.read(connection.finish(_SHOWN))
    promises, connection.promises = connection.promises, []
    if kind == "reset":
        for promise in promises:
            promise.reject(ended)
        raise JsThrow(ended)
    assert isinstance(ended, JsArray)
    for promise, outcome in zip(promises, ended.items, strict=True):
        assert isinstance(outcome, JsArray)
        how, value = outcome.items
        if how == "rejected":
            promise.reject(value)
        else:
            promise.resolve(value)
