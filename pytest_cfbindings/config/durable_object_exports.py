"""The declarative form of Durable Object classes: the table `exports`."""

import re
from collections.abc import Callable
from typing import TypeAlias

from .checks import Scope, all_pass, only_known, required
from .diagnostics import Report
from .values import (
    MISSING,
    Field,
    Table,
    Value,
    english_list,
    is_object,
    is_record,
    json_text,
    member,
    members,
)
from .workflows import NAME_FORMAT, check_workflow_settings, is_workflow_name

_StateCheck: TypeAlias = Callable[[Report, str, Table], bool]

_STORAGES = ("sqlite", "legacy-kv")
_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_WORKFLOW_KEYS = (
    "type",
    "name",
    "limits",
    "concurrency",
    "schedules",
    "default_retention",
    "jurisdiction",
)


def check_exports(scope: Scope, field: str, value: Field) -> bool:
    if value is MISSING or value is None:
        return True
    if not is_record(value):
        return scope.report.error(
            f'The optional "{field}" field should be an object keyed by class name,'
            f" but got {json_text(value)}"
        )
    return all_pass(
        _check_export(scope.report, name, entry)
        for name, entry in members(value).items()
    )


def is_live(entry: Field) -> bool:
    """Whether an entry of `exports` defines a Durable Object class."""
    if member(entry, "type") != "durable-object":
        return False
    state = member(entry, "state")
    return state in (MISSING, None, "created", "expecting-transfer")


def names_durable_objects(exports: Field) -> bool:
    """Whether any entry is about a Durable Object, live or not."""
    entries = members(exports).values()
    return any(member(entry, "type") == "durable-object" for entry in entries)


def check_workflow_names(report: Report, exports: Field) -> None:
    first: dict[str, str] = {}
    for class_name, entry in members(exports).items():
        name = member(entry, "name")
        if member(entry, "type") != "workflow" or not isinstance(name, str):
            continue
        if name in first:
            report.error(
                f'"exports.{first[name]}" and "exports.{class_name}" both declare the'
                f' Workflow "{name}". Workflow names must be unique.'
            )
        first.setdefault(name, class_name)


def _check_export(report: Report, name: str, entry: Value) -> bool:
    if not is_object(entry):
        return report.error(
            f'"exports.{name}" should be an object but got {json_text(entry)}.'
        )
    kind = member(entry, "type")
    if kind == "durable-object":
        return _check_durable_object(report, name, members(entry))
    if kind == "worker":
        return _check_worker(report, name, entry)
    if kind == "workflow":
        return _check_workflow(report, name, entry)
    return report.error(
        f'"exports.{name}.type" must be "durable-object", "worker", or "workflow",'
        f" but got {json_text(kind)}."
    )


def _check_worker(report: Report, name: str, entry: Value) -> bool:
    only_known(report, f"exports.{name}", members(entry), ("type", "cache"))
    cache = member(entry, "cache")
    field = f"exports.{name}.cache"
    if cache is MISSING:
        return True
    if not is_record(cache):
        return report.error(
            f'"{field}" should be an object but got {json_text(cache)}.'
        )
    enabled = member(cache, "enabled")
    passed = required(report, field, "enabled", enabled, "boolean")
    only_known(report, field, members(cache), ("enabled",))
    return passed


def _check_workflow(report: Report, class_name: str, entry: Value) -> bool:
    field = f"exports.{class_name}"
    name = member(entry, "name")
    passed = required(report, field, "name", name, "string")
    if isinstance(name, str) and not is_workflow_name(name):
        passed = report.error(f'"{field}.name" is invalid. {NAME_FORMAT}')
    passed &= check_workflow_settings(report, field, "export", entry)
    only_known(report, field, members(entry), _WORKFLOW_KEYS)
    return passed


def _check_durable_object(report: Report, name: str, entry: Table) -> bool:
    passed = name != "" or report.error('"export" keys cannot be the empty string.')
    state = entry.get("state", "created")
    check = _STATES.get(state) if isinstance(state, str) else None
    if check is None:
        return report.error(
            f'"exports.{name}.state" must be one of "created", "deleted", "renamed",'
            ' "transferred", or "expecting-transfer"'
            f" but got {json_text(state)}."
        )
    return check(report, name, entry) and passed


def _check_created(report: Report, name: str, entry: Table) -> bool:
    passed = _storage(report, name, entry, "created")
    passed &= _container(report, name, entry)
    return _only(report, name, entry, "storage", "container") and passed


def _check_deleted(report: Report, name: str, entry: Table) -> bool:
    return _only(report, name, entry)


def _check_renamed(report: Report, name: str, entry: Table) -> bool:
    target = entry.get("renamed_to", MISSING)
    passed = _text(report, name, entry, "renamed_to", "renamed")
    if passed and isinstance(target, str):
        if not _IDENTIFIER.fullmatch(target):
            passed = report.error(
                f'"exports.{name}.renamed_to" must be a valid JavaScript identifier'
                f' (got "{target}").'
            )
        if target == name:
            passed = report.error(
                f'"exports.{name}.renamed_to" cannot equal the source class name'
                f' "{name}".'
            )
    return _only(report, name, entry, "renamed_to") and passed


def _check_transferred(report: Report, name: str, entry: Table) -> bool:
    passed = _text(report, name, entry, "transferred_to", "transferred")
    return _only(report, name, entry, "transferred_to") and passed


def _check_expecting(report: Report, name: str, entry: Table) -> bool:
    passed = _storage(report, name, entry, "expecting-transfer")
    passed &= _text(report, name, entry, "transfer_from", "expecting-transfer")
    passed &= _container(report, name, entry)
    keys = ("storage", "transfer_from", "container")
    return _only(report, name, entry, *keys) and passed


_STATES: dict[str, _StateCheck] = {
    "created": _check_created,
    "deleted": _check_deleted,
    "renamed": _check_renamed,
    "transferred": _check_transferred,
    "expecting-transfer": _check_expecting,
}


def _storage(report: Report, name: str, entry: Table, state: str) -> bool:
    storage = entry.get("storage", MISSING)
    return storage in _STORAGES or report.error(
        f'"exports.{name}.storage" is required for state "{state}"'
        f" and must be one of {english_list(_STORAGES)}, but got {json_text(storage)}"
    )


def _text(report: Report, name: str, entry: Table, key: str, state: str) -> bool:
    value = entry.get(key, MISSING)
    return (isinstance(value, str) and value != "") or report.error(
        f'"exports.{name}.{key}" is required for state "{state}"'
        " and must be a non-empty string."
    )


def _container(report: Report, name: str, entry: Table) -> bool:
    container = entry.get("container", MISSING)
    if container is MISSING:
        return True
    if not isinstance(container, str) or container == "":
        return report.error(
            f'"exports.{name}.container" must be a non-empty string naming a container'
            f' in the "containers" array, but got {json_text(container)}.'
        )
    if entry.get("storage") == "legacy-kv":
        return report.error(
            f'"exports.{name}.container" requires "storage" to be "sqlite". Containers'
            ' are not supported on Durable Objects using the "legacy-kv" storage'
            " backend."
        )
    return True


def _only(report: Report, name: str, entry: Table, *keys: str) -> bool:
    allowed = ("type", "state", *keys)
    state = entry.get("state", "created")
    forbidden = [key for key in entry if key not in allowed]
    for key in forbidden:
        report.error(f'"exports.{name}.{key}" is forbidden on state "{state}".')
    if forbidden:
        report.error(f"Allowed properties are: {english_list(allowed)}.")
    return not forbidden
