"""The older form of Durable Object classes: the list `migrations`, and its replay."""

from collections.abc import Iterator

from .checks import (
    Scope,
    all_pass,
    has_text,
    only_known,
    optional_typed_array,
    required,
)
from .diagnostics import Report
from .durable_object_exports import is_live
from .model import StorageKind
from .values import (
    MISSING,
    Field,
    Table,
    Value,
    is_object,
    json_text,
    member,
    members,
)

_RENAMED_SHAPE = ("from", "to")
_TRANSFERRED_SHAPE = ("from", "from_script", "to")
_KEYS = (
    "tag",
    "new_classes",
    "new_sqlite_classes",
    "renamed_classes",
    "deleted_classes",
    "transferred_classes",
)


class ImpossibleMigration(Exception):
    """A step that cannot be taken; the text is wrangler's."""


def check_migrations(scope: Scope, field: str, value: Field) -> bool:
    migrations = [] if value is MISSING or value is None else value
    if not isinstance(migrations, list):
        return scope.report.error(
            f'The optional "{field}" field should be an array,'
            f" but got {json_text(migrations)}"
        )
    return all_pass(
        _check_migration(scope.report, f"migrations[{index}]", entry)
        for index, entry in enumerate(migrations)
    )


def storage_kinds(migrations: Field, exports: Field) -> dict[str, StorageKind]:
    """The declared classes and how each stores, by replaying the migrations in order.

    Within one migration the order is deleted, renamed, new, new with SQLite (wrangler
    4.164, measured). Raises `ImpossibleMigration`.
    """
    classes: dict[str, StorageKind] = {}
    for migration in migrations if isinstance(migrations, list) else []:
        _replay(classes, migration)
    for name, entry in members(exports).items():
        if is_live(entry):
            is_sqlite = member(entry, "storage") == "sqlite"
            classes[name] = "sqlite" if is_sqlite else "kv"
    return classes


def _replay(classes: dict[str, StorageKind], migration: Value) -> None:
    for name in _texts(migration, "deleted_classes"):
        if classes.pop(name, None) is None:
            raise _impossible("deleted_classes", "non-existent", name)
    for source, target in _renames(migration):
        if source not in classes:
            raise _impossible("renamed_classes", "non-existent", source)
        classes[target] = classes.pop(source)
    steps: tuple[tuple[str, StorageKind], ...] = (
        ("new_classes", "kv"),
        ("new_sqlite_classes", "sqlite"),
    )
    for key, kind in steps:
        for name in _texts(migration, key):
            if name in classes:
                raise _impossible(key, "existing", name)
            classes[name] = kind


def _impossible(step: str, state: str, name: str) -> ImpossibleMigration:
    return ImpossibleMigration(f"Cannot apply {step} migration to {state} class {name}")


def _texts(migration: Value, key: str) -> Iterator[str]:
    names = member(migration, key)
    return (str(name) for name in (names if isinstance(names, list) else []))


def _renames(migration: Value) -> Iterator[tuple[str, str]]:
    renames = member(migration, "renamed_classes")
    for rename in renames if isinstance(renames, list) else []:
        yield str(member(rename, "from")), str(member(rename, "to"))


def _check_migration(report: Report, field: str, entry: Value) -> bool:
    if entry is None:
        # wrangler itself crashes here.
        return report.error(f'"{field}" should be an object but got null.')
    keys: Table = members(entry)
    only_known(report, "migrations", keys, _KEYS)
    passed = required(report, field, "tag", member(entry, "tag"), "string")
    for key in ("new_classes", "new_sqlite_classes"):
        classes = member(entry, key)
        passed &= optional_typed_array(report, f"{field}.{key}", classes, "string")
    passed &= _shapes(report, field, entry, "renamed_classes", _RENAMED_SHAPE)
    passed &= _shapes(report, field, entry, "transferred_classes", _TRANSFERRED_SHAPE)
    deleted = member(entry, "deleted_classes")
    path = f"{field}.deleted_classes"
    return optional_typed_array(report, path, deleted, "string") and passed


def _shapes(
    report: Report, field: str, entry: Value, key: str, shape: tuple[str, ...]
) -> bool:
    items = member(entry, key)
    if items is MISSING:
        return True
    if isinstance(items, list) and all(
        is_object(item) and all(has_text(item, name) for name in shape)
        for item in items
    ):
        return True
    wanted = ", ".join(f"{name}: string" for name in shape)
    return report.error(
        f'Expected "{field}.{key}" to be an array of "{{{wanted}}}" objects'
        f" but got {json_text(items)}."
    )
