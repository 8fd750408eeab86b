"""The table `placement`: where Cloudflare runs the Worker."""

from .checks import Scope, choice, is_not_object, is_type, required
from .diagnostics import Report
from .values import MISSING, Field, Table, is_record, json_text, members, template_text

_TARGETS = ("region", "host", "hostname")


def check_placement(scope: Scope, field: str, value: Field) -> bool:
    if value is MISSING:
        return True
    if not is_record(value):
        return is_not_object(scope.report, field, value)
    placement = members(value)
    targets = [key for key in _TARGETS if key in placement]
    if "hint" in placement and targets:
        return scope.report.error(
            f'"{field}" cannot have both "hint" (smart format) and'
            ' "region"/"host"/"hostname" (targeted format) fields'
        )
    if "hint" in placement:
        return _check_hint(scope.report, field, placement)
    if targets:
        return _check_targets(scope.report, field, placement, targets)
    modes = ("off", "smart", "targeted")
    passed = _check_mode(scope.report, field, placement, modes)
    if placement.get("mode") == "targeted":
        names = " or ".join(f'"{field}.{key}"' for key in _TARGETS)
        passed = scope.report.error(f"{names} is required.")
    return passed


def _check_mode(
    report: Report, field: str, placement: Table, modes: tuple[str, ...]
) -> bool:
    mode = placement.get("mode", MISSING)
    return required(report, field, "mode", mode, "string") and choice(
        report, f"{field}.mode", mode, modes
    )


def _check_hint(report: Report, field: str, placement: Table) -> bool:
    passed = _check_mode(report, field, placement, ("off", "smart"))
    mode, hint = placement.get("mode", MISSING), placement["hint"]
    name = "undefined" if mode is MISSING else template_text(mode)
    if not isinstance(hint, str):
        passed = report.error(
            f'"{field}.hint" must be a string when "{field}.mode" is "{name}"'
        )
    if (isinstance(hint, list | dict) or hint) and mode != "smart":
        passed = report.error(
            f'"{field}.hint" can only be set when "{field}.mode" is "smart"'
        )
    return passed


def _check_targets(
    report: Report, field: str, placement: Table, targets: list[str]
) -> bool:
    mode = placement.get("mode", MISSING)
    passed = choice(report, f"{field}.mode", mode, ("targeted",))
    for key in targets:
        passed &= is_type(report, f"{field}.{key}", placement[key], "string")
        if placement[key] == "":
            passed = report.error(f'"{field}.{key}" must be a non-empty string.')
    if len(targets) > 1:
        listed = ", ".join(json_text(key) for key in targets)
        passed = report.error(
            f'"{field}" fields {listed} are mutually exclusive.'
            " Only one can be specified."
        )
    return passed
