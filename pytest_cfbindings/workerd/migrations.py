"""D1 migrations on the real runtime: by the binding, as wrangler applies them."""

from collections.abc import Callable, Sequence

from ..config.model import MigrationSettings
from ..d1.errors import Refused
from ..d1.migrations import apply_migrations
from ..javascript.arrays import JsArray
from ..javascript.errors import JsError
from ..javascript.objects import JsObject
from ..javascript.promises import JsPromise
from .objects import RemoteObject


def migrate(
    database: RemoteObject,
    binding: str,
    settings: Sequence[MigrationSettings],
    until: str | None,
    now_ms: Callable[[], int],
) -> None:
    """Apply what `wrangler d1 migrations apply` would. Raises MigrationFailure."""

    def send(statements: Sequence[str]) -> Sequence[tuple[object, ...]]:
        prepared = [_called(database, "prepare", sql) for sql in statements]
        promise = _called(database, "batch", JsArray(prepared))
        assert isinstance(promise, JsPromise)
        if promise.state == "rejected":
            raise Refused(_detail(promise.outcome))
        return _rows(promise.outcome)

    apply_migrations(binding, settings, until, send, now_ms)


def _called(target: RemoteObject, name: str, argument: object) -> object:
    return target.link.request("call", name, (argument,))


def _rows(batch: object) -> list[tuple[object, ...]]:
    """The rows of a batch's first statement."""
    assert isinstance(batch, JsArray)
    (first, *_) = batch.items
    assert isinstance(first, JsObject)
    rows = first.js_get("results")
    assert isinstance(rows, JsArray)
    found = []
    for row in rows.items:
        assert isinstance(row, JsObject)
        found.append(tuple(row.properties.values()))
    return found


def _detail(reason: object) -> str:
    assert isinstance(reason, JsError)
    return str(reason.message).removeprefix("D1_ERROR: ")
