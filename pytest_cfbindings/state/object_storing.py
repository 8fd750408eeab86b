"""Storing what was planned for Durable Objects in their storage."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..durable_objects.actors import Actors
from ..durable_objects.ids import DurableObjectId
from ..durable_objects.store import KEY_VALUE, ObjectStore
from ..javascript.errors import JsThrow
from ..sqlite.errors import SqlError
from .errors import SeedError
from .object_seed import PlannedObject, planned
from .refusals import text_of

_PUT = "INSERT INTO _cf_KV VALUES (?, ?)"


def object_id(name: str, actors: Actors, label: Any) -> DurableObjectId:
    """The id of an object by its name, or by the digits of its id."""
    if not isinstance(label, str):
        raise SeedError(f"{name}: {label!r} is no name of an object")
    try:
        return actors.ids.from_string(label)
    except JsThrow:
        return actors.ids.from_name(label)


def no_local_state(name: str) -> SeedError:
    """What `wrangler dev` keeps of objects is no seed."""
    return SeedError(f"{name}: the objects of `wrangler dev` cannot be read")


def read_objects(path: Path, source: str) -> Any:
    """The JSON of a file. Raises SeedError."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise SeedError(f"{source}: no JSON: {error}") from None


def planned_objects(
    data: Any, source: str, id_of: Callable[[Any], DurableObjectId]
) -> list[tuple[DurableObjectId, PlannedObject]]:
    """What each object of a seed shall hold. Raises SeedError."""
    if not isinstance(data, Mapping):
        raise SeedError(
            f"{source}: Durable Objects are seeded with a dict of objects by name,"
            f" not with {type(data).__name__}"
        )
    plans = [
        (label, planned(f"{source}, object {label!r}", item))
        for label, item in data.items()
    ]
    return [(id_of(label), plan) for label, plan in plans]


def store(plan: PlannedObject, into: ObjectStore) -> None:
    """Store it all, and commit it. Raises SeedError."""
    check(into, plan)
    run(into, plan)
    write(into, plan)


def check(store: ObjectStore, plan: PlannedObject) -> None:
    """Raises SeedError for what an object of this class cannot hold."""
    if plan.tables is not None:
        raise SeedError(f"{plan.place}: sql is a text of SQL in a seed")
    if not store.sqlite and plan.statements:
        raise SeedError(f"{plan.place}: its class is KV-backed, and has no SQL storage")
    try:
        for pair in plan.pairs:
            store.limits.check_pairs([pair])
    except JsThrow as thrown:
        raise SeedError(f"{plan.place}: {text_of(thrown)}") from None


def run(store: ObjectStore, plan: PlannedObject) -> None:
    """Run its SQL. Raises SeedError."""
    for number, sql in enumerate(plan.statements, start=1):
        try:
            store.database().query(sql).close()
        except SqlError as error:
            store.rollback()
            raise SeedError(f"{plan.place}, statement {number}: {error}") from None


def write(store: ObjectStore, plan: PlannedObject) -> None:
    """Write its entries and its alarm, and commit all of it."""
    for pair in plan.pairs:
        store.write(KEY_VALUE, f"{_PUT} ON CONFLICT DO UPDATE SET value = ?2", pair)
    if plan.alarm_ms is not None:
        store.write_alarm(plan.alarm_ms)
    store.commit()
