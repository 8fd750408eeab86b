"""From checked tables to the model."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from .binding_kinds import NAME_FIELDS, OTHER_KINDS, WRANGLER_NAMES
from .discovery import absolute
from .file_level import FILE_MODULES, file_modules
from .migrations import migration_settings
from .model import (
    DEFAULT_WORKER_NAME,
    Config,
    D1Database,
    DurableObjectBinding,
    KVNamespace,
    OtherBinding,
    QueueProducer,
    R2Bucket,
    StorageKind,
)
from .names import PROTOTYPE_NAMES, names_of_kind
from .rate_limits import rate_limiters
from .selection import Selected, configuration_name
from .values import (
    MISSING,
    Field,
    Json,
    Table,
    Value,
    as_json,
    is_object,
    member,
    members,
)


def assemble(
    selected: Selected,
    file: Path,
    classes: Mapping[str, StorageKind],
    secrets: Mapping[str, str],
) -> Config:
    """The configuration of a file without errors."""
    active = selected.active
    name = _text(active, "name")
    bindings = {**active, **file_modules(selected.raw)}
    taken = {other.name for other in _other_bindings(bindings)} | _stores(active)
    values, secret_names = _vars(active, secrets, taken)
    return Config(
        path=file,
        environment=selected.environment,
        name=name,
        main=_path(active, "main", file),
        base_dir=_path(active, "base_dir", file),
        compatibility_date=_text(active, "compatibility_date"),
        compatibility_flags=_texts(active, "compatibility_flags"),
        vars=values,
        secret_names=secret_names,
        kv_namespaces=tuple(_kv_namespaces(active)),
        d1_databases=tuple(_d1_databases(active, file)),
        r2_buckets=tuple(_r2_buckets(active)),
        durable_objects=tuple(_durable_objects(active, name, classes)),
        durable_object_classes=classes,
        other_bindings=tuple(_other_bindings(bindings)),
        not_inherited=_not_inherited(selected, {*taken, *values}),
        environments=tuple(members(selected.raw.get("env", MISSING))),
        crons=_texts(active.get("triggers"), "crons"),
        queues=tuple(_consumed_queues(active)),
        queue_producers=tuple(_queue_producers(active)),
        rate_limiters=tuple(rate_limiters(active)),
        version_metadata=_text(active.get("version_metadata"), "binding"),
        python_modules_exclude=_python_modules_exclude(active),
    )


def _text(table: Value, key: str) -> str | None:
    value = member(table, key)
    return value if isinstance(value, str) else None


def _texts(table: Value, key: str) -> tuple[str, ...]:
    value = member(table, key)
    items = value if isinstance(value, list) else []
    return tuple(item for item in items if isinstance(item, str))


def _entries(table: Table, key: str) -> list[Value]:
    value = table.get(key)
    return value if isinstance(value, list) else []


def _path(table: Table, key: str, file: Path) -> Path | None:
    value = _text(table, key)
    return None if value is None else absolute(Path(value), file.parent)


def _is_remote(entry: Value) -> bool:
    return member(entry, "remote") is True


def _first(*texts: str | None) -> str:
    return next(text for text in texts if text is not None)


def _vars(
    active: Table, secrets: Mapping[str, str], taken: set[str]
) -> tuple[dict[str, Json], frozenset[str]]:
    # A secret lies over a var of any type, and never over another binding, nor over
    # what every JavaScript object has.
    refused = taken | PROTOTYPE_NAMES
    free = {name: text for name, text in secrets.items() if name not in refused}
    table = active.get("vars", MISSING)
    values = {name: as_json(v) for name, v in members(table).items()}
    return {**values, **free}, frozenset(free)


def _kv_namespaces(active: Table) -> Iterator[KVNamespace]:
    for entry in _entries(active, "kv_namespaces"):
        binding = _first(_text(entry, "binding"))
        preview, plain = _text(entry, "preview_id"), _text(entry, "id")
        yield KVNamespace(
            binding=binding,
            store=_first(preview, plain, binding),
            id=plain,
            preview_id=preview,
            remote=_is_remote(entry),
        )


def _d1_databases(active: Table, file: Path) -> Iterator[D1Database]:
    for entry in _entries(active, "d1_databases"):
        binding = _first(_text(entry, "binding"))
        preview = _text(entry, "preview_database_id")
        plain = _text(entry, "database_id")
        yield D1Database(
            binding=binding,
            store=_first(preview, plain, binding),
            migrations=migration_settings(
                file.parent,
                configuration_name(file),
                directory=_text(entry, "migrations_dir"),
                pattern=_text(entry, "migrations_pattern"),
                table=_text(entry, "migrations_table"),
            ),
            database_id=plain,
            preview_database_id=preview,
            database_name=_text(entry, "database_name"),
            jurisdiction=_text(entry, "jurisdiction"),
            remote=_is_remote(entry),
        )


def _r2_buckets(active: Table) -> Iterator[R2Bucket]:
    for entry in _entries(active, "r2_buckets"):
        binding = _first(_text(entry, "binding"))
        preview = _text(entry, "preview_bucket_name")
        plain = _text(entry, "bucket_name")
        yield R2Bucket(
            binding=binding,
            store=_first(preview, plain, binding),
            bucket_name=plain,
            preview_bucket_name=preview,
            jurisdiction=_text(entry, "jurisdiction"),
            remote=_is_remote(entry),
        )


def _durable_objects(
    active: Table, name: str | None, classes: Mapping[str, StorageKind]
) -> Iterator[DurableObjectBinding]:
    own = name or DEFAULT_WORKER_NAME
    table = active.get("durable_objects", MISSING)
    for entry in _entries(members(table), "bindings"):
        class_name = _first(_text(entry, "class_name"))
        script = _text(entry, "script_name")
        yield DurableObjectBinding(
            binding=_first(_text(entry, "name")),
            class_name=class_name,
            worker=script or name or "",
            storage=classes.get(class_name),
            script_name=script,
            environment=_text(entry, "environment"),
            is_external=script not in (None, "", own),
            remote=_is_remote(entry),
        )


def _other_bindings(bindings: Table) -> Iterator[OtherBinding]:
    for key, kind in OTHER_KINDS.items():
        value = bindings.get(key, MISSING)
        for name, entry in _named_entries(key, value):
            yield OtherBinding(name, kind, key, _is_remote(entry))


def _named_entries(key: str, value: Field) -> Iterator[tuple[str, Value]]:
    if key in FILE_MODULES:
        yield from members(value).items()
        return
    for container in ("producers", "bindings"):
        if isinstance(value, dict) and container in value:
            value = value[container]
    entries: list[Value] = value if isinstance(value, list) else [members(value)]
    for entry in entries:
        name = _text(entry, NAME_FIELDS.get(key, "binding"))
        if name is not None and is_object(entry):
            yield name, entry


def _stores(active: Table) -> set[str]:
    keys = ("kv_namespaces", "d1_databases", "r2_buckets", "durable_objects")
    return {
        name for key in keys for name in names_of_kind(key, active.get(key, MISSING))
    }


def _not_inherited(selected: Selected, present: set[str]) -> dict[str, str]:
    top_level = selected.top_level
    return {
        name: key
        for key in WRANGLER_NAMES
        for name in _names(key, top_level.get(key, MISSING))
        if name not in present
    }


def _names(key: str, value: Field) -> list[str]:
    if key in OTHER_KINDS:
        return [name for name, _ in _named_entries(key, value)]
    return names_of_kind(key, value)


def _consumed_queues(active: Table) -> Iterator[str]:
    for entry in _entries(members(active.get("queues", MISSING)), "consumers"):
        if (queue := _text(entry, "queue")) is not None:
            yield queue


def _queue_producers(active: Table) -> Iterator[QueueProducer]:
    for entry in _entries(members(active.get("queues", MISSING)), "producers"):
        binding = _text(entry, "binding")
        if binding is not None:
            yield QueueProducer(binding, _text(entry, "queue") or binding)


def _python_modules_exclude(active: Table) -> tuple[str, ...]:
    modules = active.get("python_modules")
    return ("**/*.pyc",) if modules is None else _texts(modules, "exclude")
