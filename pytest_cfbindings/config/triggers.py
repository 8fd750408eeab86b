"""The table `triggers`: crons, and the events of Artifacts."""

from .checks import Scope, is_type, only_known
from .diagnostics import Report
from .values import MISSING, Field, Value, is_record, json_text, member, members

_EVENT_TYPES = tuple(
    f"cf.artifacts.repo.{event}"
    for event in (
        "created",
        "deleted",
        "forked",
        "imported",
        "pushed",
        "cloned",
        "fetched",
        "token.created",
        "token.revoked",
    )
)


def check_triggers(scope: Scope, field: str, value: Field) -> bool:
    if value is MISSING or value is None:
        return True
    if not is_record(value):
        return is_type(scope.report, field, value, "object") and scope.report.error(
            f'Expected "{field}" to be of type object but got {json_text(value)}.'
        )
    passed = True
    for key in ("crons", "events"):
        listed = member(value, key)
        if listed is not MISSING and not isinstance(listed, list):
            passed = scope.report.error(
                f'Expected "{field}.{key}" to be of type array,'
                f" but got {json_text(value)}."
            )
    events = member(value, "events")
    for index, event in enumerate(events if isinstance(events, list) else []):
        path = f"{field}.events[{index}]"
        passed = _check_event(scope.report, path, event) and passed
    only_known(scope.report, field, members(value), ("crons", "events"))
    return passed


def _check_event(report: Report, field: str, event: Value) -> bool:
    if not is_record(event):
        return report.error(
            f'Expected "{field}" to be of type object, but got {json_text(event)}.'
        )
    passed = True
    kind = member(event, "type")
    if kind not in _EVENT_TYPES:
        passed = report.error(
            f'Expected "{field}.type" to be a supported Artifacts event type,'
            f" but got {json_text(kind)}."
        )
    passed &= _check_filter(report, f"{field}.filter", member(event, "filter"))
    targets = member(event, "targets")
    if not isinstance(targets, list) or not targets:
        passed = report.error(
            f'Expected "{field}.targets" to be a non-empty array,'
            f" but got {json_text(targets)}."
        )
    else:
        for index, target in enumerate(targets):
            path = f"{field}.targets[{index}]"
            passed = _check_target(report, path, target) and passed
    only_known(report, field, members(event), ("type", "filter", "targets"))
    return passed


def _check_filter(report: Report, field: str, value: Field) -> bool:
    if value is MISSING:
        return True
    if not is_record(value):
        return report.error(
            f'Expected "{field}" to be of type object, but got {json_text(value)}.'
        )
    right = all(
        key in ("namespace", "repo_name") and isinstance(text, str) and text != ""
        for key, text in members(value).items()
    )
    return right or report.error(
        f'Expected "{field}" to contain only non-empty string "namespace" and'
        f' "repo_name" fields, but got {json_text(value)}.'
    )


def _check_target(report: Report, field: str, target: Value) -> bool:
    name = member(target, "workflow_name")
    is_workflow = member(target, "type") == "workflow"
    if not is_workflow or not isinstance(name, str) or name == "":
        return report.error(
            f'Expected "{field}" to be a workflow target with a non-empty'
            f' "workflow_name", but got {json_text(target)}.'
        )
    only_known(report, field, members(target), ("type", "workflow_name"))
    return True
