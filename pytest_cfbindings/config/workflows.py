"""Workflow bindings, and the settings they share with workflow exports."""

import re

from .binding_containers import list_of
from .checks import Scope, only_known
from .diagnostics import Report
from .storage_bindings import may_have_text, must_have_text, not_an_object
from .values import (
    MISSING,
    Field,
    Value,
    english_list,
    is_object,
    is_record,
    json_text,
    member,
    members,
    template_text,
)

NAME_FORMAT = (
    "Workflow names must be 1-64 characters long, start with a letter, number, or"
    " underscore, and may only contain letters, numbers, underscores, or hyphens."
)
_NAME = re.compile(r"[a-zA-Z0-9_][a-zA-Z0-9_-]{0,63}")
_JURISDICTIONS = ("eu", "fedramp", "us")
_RETENTIONS = ("success_retention", "error_retention")
_STEPS_MAX = 25_000
_SETTINGS = (
    "limits",
    "concurrency",
    "schedules",
    "default_retention",
    "jurisdiction",
)
_KEYS = ("binding", "name", "class_name", "script_name", *_SETTINGS)


def is_workflow_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None


def check_workflows(scope: Scope, field: str, value: Field) -> bool:
    passed = list_of(_check_workflow)(scope, field, value)
    if not isinstance(value, list):
        return passed
    names = [member(entry, "name") for entry in value if entry is not None]
    repeated: list[Field] = []
    for name in names:
        if _count(names, name) > 1 and name not in repeated:
            repeated.append(name)
    if not repeated:
        return passed
    listed = '", "'.join("" if n is MISSING else template_text(n) for n in repeated)
    return scope.report.error(
        f'"{field}" bindings must have unique "name" values;'
        f' duplicate(s) found: "{listed}"'
    )


def check_workflow_settings(
    report: Report, field: str, kind: str, entry: Value
) -> bool:
    """What `workflows` and `exports` both know; `kind` is "bindings" or "export"."""
    passed = _schedules(report, field, kind, entry)
    passed &= _limits(report, field, kind, entry)
    passed &= _retention(report, field, kind, entry)
    passed &= _concurrency(report, field, kind, entry)
    return _jurisdiction(report, field, kind, entry) and passed


def _count(names: list[Field], name: Field) -> int:
    return sum(type(other) is type(name) and other == name for other in names)


def _check_workflow(report: Report, field: str, entry: Value) -> bool:
    if not is_object(entry):
        return not_an_object(report, "workflows", entry)
    passed = must_have_text(report, field, entry, "binding")
    name = member(entry, "name")
    if not isinstance(name, str):
        passed = must_have_text(report, field, entry, "name")
    elif not is_workflow_name(name):
        passed = report.error(
            f'"{field}" binding "name" field is invalid. {NAME_FORMAT}'
        )
    passed &= must_have_text(report, field, entry, "class_name")
    passed &= may_have_text(report, field, entry, "script_name")
    passed &= check_workflow_settings(report, field, "bindings", entry)
    only_known(report, field, members(entry), _KEYS)
    return passed


def _schedules(report: Report, field: str, kind: str, entry: Value) -> bool:
    schedules = member(entry, "schedules")
    if schedules is MISSING:
        return True
    start = f'"{field}" {kind} "schedules" field must not'
    if schedules == "":
        return report.error(f"{start} be an empty string.")
    if schedules == []:
        return report.error(f"{start} be an empty array.")
    if isinstance(schedules, str):
        return True
    if not isinstance(schedules, list) or not all(
        isinstance(item, str) for item in schedules
    ):
        return report.error(
            f'"{field}" {kind} should, optionally, have a string or array of strings'
            f' "schedules" field but got {json_text(entry)}.'
        )
    return "" not in schedules or report.error(f"{start} contain empty strings.")


def _section(report: Report, field: str, kind: str, entry: Value, key: str) -> bool:
    return is_record(member(entry, key)) or report.error(
        f'"{field}" {kind} should, optionally, have an object "{key}" field'
        f" but got {json_text(entry)}."
    )


def _limits(report: Report, field: str, kind: str, entry: Value) -> bool:
    limits = member(entry, "limits")
    if limits is MISSING:
        return True
    if not _section(report, field, kind, entry, "limits"):
        return False
    steps = member(limits, "steps")
    passed = _positive(report, f'"{field}" {kind} "limits.steps"', steps)
    if passed and isinstance(steps, int) and steps > _STEPS_MAX:
        report.warning(
            f'"{field}" has a step limit of {steps}, which exceeds the production'
            " maximum of 25,000. This configuration may not work when deployed."
        )
    only_known(report, f"{field}.limits", members(limits), ("steps",))
    return passed


def _concurrency(report: Report, field: str, kind: str, entry: Value) -> bool:
    concurrency = member(entry, "concurrency")
    if concurrency is MISSING:
        return True
    if not _section(report, field, kind, entry, "concurrency"):
        return False
    limit = member(concurrency, "limit")
    passed = _positive(report, f'"{field}" {kind} "concurrency.limit"', limit)
    only_known(report, f"{field}.concurrency", members(concurrency), ("limit",))
    return passed


def _positive(report: Report, subject: str, value: Field) -> bool:
    if value is MISSING or (_is_whole(value) and isinstance(value, int) and value > 0):
        return True
    return report.error(
        f"{subject} field must be a positive integer but got {json_text(value)}."
    )


def _is_whole(value: Field) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, int) or (isinstance(value, float) and value.is_integer())


def _retention(report: Report, field: str, kind: str, entry: Value) -> bool:
    retention = member(entry, "default_retention")
    if retention is MISSING:
        return True
    if not _section(report, field, kind, entry, "default_retention"):
        return False
    passed = True
    for key in _RETENTIONS:
        value = member(retention, key)
        is_text = isinstance(value, str) and value != ""
        is_time = _is_whole(value) and isinstance(value, int | float) and value > 0
        if value is not MISSING and not is_text and not is_time:
            passed = report.error(
                f'"{field}" {kind} "default_retention.{key}" field must be a positive'
                ' integer of milliseconds or a duration string such as "3 days",'
                f" but got {json_text(value)}."
            )
    only_known(report, f"{field}.default_retention", members(retention), _RETENTIONS)
    return passed


def _jurisdiction(report: Report, field: str, kind: str, entry: Value) -> bool:
    value = member(entry, "jurisdiction")
    if value is MISSING or value in _JURISDICTIONS:
        return True
    choices = english_list((json_text(name) for name in _JURISDICTIONS), "or")
    return report.error(
        f'"{field}" {kind} "jurisdiction" field must be one of {choices},'
        f" but got {json_text(value)}."
    )
