"""Settings that are no bindings, the short ones."""

import re

from ..javascript.date_text import is_readable_date
from .checks import (
    Scope,
    all_pass,
    choice,
    is_one_of,
    is_string_array,
    is_type,
    lacks_or_has,
    only_known,
    required,
    typed_array,
)
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

_NAME = re.compile(r"|[a-z0-9_][a-z0-9_-]*")
_RULE_TYPES = ("ESModule", "CommonJS", "CompiledWasm", "Text", "Data")
_HTML_HANDLING = (
    "auto-trailing-slash",
    "force-trailing-slash",
    "drop-trailing-slash",
    "none",
)
_NOT_FOUND_HANDLING = ("single-page-application", "404-page", "none")
_ASSET_KEYS = (
    "directory",
    "binding",
    "html_handling",
    "not_found_handling",
    "base_path",
    "run_worker_first",
)


def check_name(scope: Scope, field: str, value: Field) -> bool:
    if value is MISSING or (isinstance(value, str) and _NAME.fullmatch(value)):
        return True
    return scope.report.error(
        f'Expected "{field}" to be of type string, alphanumeric and lowercase with'
        f" dashes only but got {json_text(value)}."
    )


def check_compatibility_date(scope: Scope, field: str, value: Field) -> bool:
    if value is MISSING:
        return True
    if not isinstance(value, str):
        return is_type(scope.report, field, value, "string")
    passed = True
    if "\u2013" in value or "\u2014" in value:
        passed = scope.report.error(
            f'"{field}" field should use ISO-8601 accepted hyphens (-) rather than'
            " en-dashes (\u2013) or em-dashes (\u2014)."
        )
    if not is_readable_date(re.sub("[\u2013\u2014]", "-", value)):
        passed = scope.report.error(
            f'"{field}" field should be a valid ISO-8601 date (YYYY-MM-DD),'
            f" but got {json_text(value)}."
        )
    return passed


def check_compliance_region(scope: Scope, field: str, value: Field) -> bool:
    return is_one_of(scope.report, field, value, ("public", "fedramp_high"))


def check_rules(scope: Scope, field: str, value: Field) -> bool:
    if value is MISSING or (not is_object(value) and not value):
        return True
    path = scope.path(field)
    if not isinstance(value, list):
        return scope.report.error(
            f'The field "{path}" should be an array but got {json_text(value)}.'
        )
    return all_pass(
        _check_rule(scope.report, f"{path}[{index}]", rule)
        for index, rule in enumerate(value)
    )


def _check_rule(report: Report, field: str, rule: Value) -> bool:
    if not is_object(rule):
        return report.error(f'"{field}" should be an object but got {json_text(rule)}.')
    passed = True
    if member(rule, "type") not in _RULE_TYPES:
        passed = report.error(
            'bindings should have a string "type" field, which contains one of'
            ' "ESModule", "CommonJS", "CompiledWasm", "Text", or "Data".'
        )
    passed &= typed_array(report, f"{field}.globs", member(rule, "globs"), "string")
    return (
        lacks_or_has(rule, "fallthrough", "boolean")
        or report.error('the field "fallthrough", when present, should be a boolean.')
    ) and passed


def check_limits(scope: Scope, field: str, value: Field) -> bool:
    return all_pass(
        is_type(scope.report, f"{field}.{key}", member(value, key), "number")
        for key in ("cpu_ms", "subrequests")
    )


def check_assets(scope: Scope, field: str, value: Field) -> bool:
    report = scope.report
    if value is MISSING:
        return True
    if not is_object(value):
        return report.error(
            f'"{field}" should be an object, but got value {json_text(field)}'
            f" of type {type_name(value)}"
        )

    def of(key: str) -> Field:
        return member(value, key)

    passed = all_pass(
        is_type(report, f"{field}.{key}", of(key), "string")
        for key in ("directory", "binding")
    )
    html, lost = of("html_handling"), of("not_found_handling")
    passed &= choice(report, f"{field}.html_handling", html, _HTML_HANDLING)
    passed &= choice(report, f"{field}.not_found_handling", lost, _NOT_FOUND_HANDLING)
    passed &= is_type(report, f"{field}.base_path", of("base_path"), "string")
    first = of("run_worker_first")
    if isinstance(first, list):
        passed &= typed_array(report, "assets.run_worker_first", first, "string")
    elif first is not MISSING and not isinstance(first, bool):
        passed = report.error(
            f'The field "{field}.run_worker_first" should be an array of strings or'
            f" a boolean, but got {json_text(first)}."
        )
    only_known(report, field, members(value), _ASSET_KEYS)
    return passed


def check_access(scope: Scope, field: str, value: Field) -> bool:
    report = scope.report
    if value is MISSING:
        return True
    if not is_object(value):
        return _not_object(report, field, value)
    dev = member(value, "dev")
    passed = is_type(report, f"{field}.dev", dev, "object")
    only_known(report, field, members(value), ("dev",))
    if is_object(dev):
        path = f"{field}.dev"
        passed &= required(report, path, "aud", member(dev, "aud"), "string")
        identity = member(dev, "identity")
        passed &= is_type(report, f"{path}.identity", identity, "object")
        only_known(report, path, members(dev), ("aud", "identity"))
    return passed


def check_cache(scope: Scope, field: str, value: Field) -> bool:
    report = scope.report
    if value is MISSING:
        return True
    if not is_object(value):
        return _not_object(report, field, value)
    passed = required(report, field, "enabled", member(value, "enabled"), "boolean")
    cross = member(value, "cross_version_cache")
    passed &= is_type(report, f"{field}.cross_version_cache", cross, "boolean")
    only_known(report, field, members(value), ("enabled", "cross_version_cache"))
    return passed


def check_python_modules(scope: Scope, field: str, value: Field) -> bool:
    if value is MISSING:
        return True
    if not is_record(value):
        return _not_object(scope.report, field, value)
    return is_string_array(scope, f"{field}.exclude", member(value, "exclude"))


def check_tail_consumers(scope: Scope, field: str, value: Field) -> bool:
    return _check_tails(scope, field, value, streaming=False)


def check_streaming_tail_consumers(scope: Scope, field: str, value: Field) -> bool:
    return _check_tails(scope, field, value, streaming=True)


def _check_tails(scope: Scope, field: str, value: Field, *, streaming: bool) -> bool:
    if value is MISSING or (not is_object(value) and not value):
        return True
    if not isinstance(value, list):
        return scope.report.error(
            f'Expected "{field}" to be an array but got {json_text(value)}.'
        )
    return all_pass(
        _check_tail(scope.report, f"{field}[{index}]", entry, streaming=streaming)
        for index, entry in enumerate(value)
    )


def _check_tail(report: Report, field: str, entry: Value, *, streaming: bool) -> bool:
    if not is_object(entry) or (streaming and not is_record(entry)):
        return _not_object(report, field, entry)
    if not required(report, field, "service", member(entry, "service"), "string"):
        return False
    environment = MISSING if streaming else member(entry, "environment")
    return is_type(report, f"{field}.environment", environment, "string")


def check_build(scope: Scope, field: str, value: Field) -> bool:
    report, known = scope.report, ("command", "cwd", "watch_dir")
    if value is MISSING or value is None:
        # An inherited one is looked at again, without the keys nothing reads.
        above = members((scope.top_level or {}).get("build", MISSING))
        value = {key: above[key] for key in known if key in above}
    only_known(report, "build", members(value), known)
    passed = all_pass(
        is_type(report, f"build.{key}", member(value, key), "string")
        for key in ("command", "cwd")
    )
    watched = member(value, "watch_dir")
    if isinstance(watched, list):
        return typed_array(report, "build.watch_dir", watched, "string") and passed
    return is_type(report, "build.watch_dir", watched, "string") and passed


def _not_object(report: Report, field: str, value: Field) -> bool:
    return report.error(f'"{field}" should be an object but got {json_text(value)}.')
