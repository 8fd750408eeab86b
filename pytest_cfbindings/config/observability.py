"""The table `observability`: logs, traces and issues."""

from .checks import Scope, is_type, only_known, optional_typed_array
from .diagnostics import Report
from .values import (
    MISSING,
    Field,
    Value,
    is_object,
    is_record,
    json_text,
    member,
    members,
    type_name,
)

_SECTIONS = ("logs", "traces", "issues")
_KEYS = (
    "enabled",
    "head_sampling_rate",
    "redact_query_string",
    "issues",
    "logs",
    "traces",
)
_LOG_KEYS = (
    "enabled",
    "head_sampling_rate",
    "invocation_logs",
    "destinations",
    "persist",
)
_TRACE_KEYS = ("enabled", "head_sampling_rate", "destinations", "persist")
_TYPES = {
    "enabled": "boolean",
    "head_sampling_rate": "number",
    "invocation_logs": "boolean",
    "persist": "boolean",
}


def check_observability(scope: Scope, field: str, value: Field) -> bool:
    report = scope.report
    if value is MISSING:
        return True
    if not is_object(value):
        return report.error(
            f'"{field}" should be an object but got {json_text(value)}.'
        )
    passed = _something_is_enabled(report, field, value)
    rate, redact = member(value, "head_sampling_rate"), "redact_query_string"
    passed &= is_type(report, f"{field}.head_sampling_rate", rate, "number")
    passed &= is_type(report, f"{field}.{redact}", member(value, redact), "boolean")
    issues = member(value, "issues")
    issues_fit = issues is MISSING or is_record(issues)
    if not issues_fit:
        passed = report.error(
            f'"{field}.issues" should be an object but got {json_text(issues)}.'
        )
    for key in ("logs", "traces"):
        passed &= is_type(report, f"{field}.{key}", member(value, key), "object")
    only_known(report, field, members(value), _KEYS)
    if issues is not MISSING and issues_fit:
        enabled = member(issues, "enabled")
        passed &= is_type(report, f"{field}.issues.enabled", enabled, "boolean")
        only_known(report, f"{field}.issues", members(issues), ("enabled",))
    passed &= _check_section(report, field, value, "logs", _LOG_KEYS)
    passed &= _check_section(report, field, value, "traces", _TRACE_KEYS)
    return _check_rates(report, field, value) and passed


def _something_is_enabled(report: Report, field: str, value: Value) -> bool:
    switches = {"enabled": member(value, "enabled")}
    for key in _SECTIONS:
        switches[f"{key}.enabled"] = member(member(value, key), "enabled")
    if all(switch is MISSING for switch in switches.values()):
        names = " or ".join(f'"{field}.{key}"' for key in switches)
        return report.error(f"{names} is required.")
    errors = []
    for key, switch in switches.items():
        if isinstance(switch, bool):
            return True
        errors.append(
            f'Expected "{field}.{key}" to be of type boolean'
            f" but got {json_text(switch)}."
        )
    for error in errors:
        report.error(error)
    return False


def _check_section(
    report: Report, field: str, value: Value, section: str, keys: tuple[str, ...]
) -> bool:
    table = member(value, section)
    if not is_object(table):
        return True
    passed = True
    for key in keys:
        item = member(table, key)
        if key == "destinations":
            name = f"{section}.destinations"
            passed &= optional_typed_array(report, name, item, "string")
        else:
            passed &= is_type(report, f"{field}.{section}.{key}", item, _TYPES[key])
    only_known(report, field, members(table), keys)
    return passed


def _check_rates(report: Report, field: str, value: Value) -> bool:
    passed = True
    for prefix, table in (
        ("", value),
        ("logs.", member(value, "logs")),
        ("traces.", member(value, "traces")),
    ):
        rate = member(table, "head_sampling_rate")
        if type_name(rate) != "number" or not isinstance(rate, int | float):
            continue
        if rate < 0 or rate > 1:
            passed = report.error(
                f'"{field}.{prefix}head_sampling_rate" must be a value between 0 and 1.'
            )
    return passed
