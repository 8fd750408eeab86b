"""The tables `vars`, `secrets` and `define`."""

from datetime import date, time

from .checks import Scope, is_not_object, only_known, optional_typed_array
from .values import (
    MISSING,
    Field,
    is_object,
    is_record,
    json_text,
    member,
    members,
)


def check_vars(scope: Scope, field: str, value: Field) -> bool:
    path = scope.path(field)
    passed = _is_object_or_missing(scope, path, value)
    for name, item in members(value).items() if is_object(value) else ():
        if isinstance(item, date | time):
            passed = scope.report.error(
                f'The field "{path}.{name}" is a TOML date, which is not supported.'
                f' Please use a string instead, e.g. {name} = "2025-12-19".'
            )
    missing = _missing(scope, "vars", value)
    if missing:
        scope.report.warning(
            f'The following vars exist at the top level, but not on "{path}".\n'
            'This is probably not what you want, since "vars" configuration'
            " is not inherited by environments.\n"
            f'Please add these vars to "env.{scope.environment}.vars":\n'
            + "\n".join(f"- {name}" for name in missing)
        )
    return passed


def check_secrets(scope: Scope, field: str, value: Field) -> bool:
    path = scope.path(field)
    if value is MISSING:
        return True
    if not is_record(value):
        return is_not_object(scope.report, path, value)
    only_known(scope.report, path, members(value), ("required",))
    names = member(value, "required")
    return optional_typed_array(scope.report, f"{path}.required", names, "string")


def check_define(scope: Scope, field: str, value: Field) -> bool:
    path = scope.path(field)
    passed = _is_object_or_missing(scope, path, value)
    for name, item in members(value).items() if is_object(value) else ():
        if not isinstance(item, str):
            passed = scope.report.error(
                f'The field "{path}.{name}" should be a string'
                f" but got {json_text(item)}."
            )
    missing = _missing(scope, "define", value)
    if missing:
        scope.report.warning(
            "The following define entries exist at the top level,"
            f' but not on "{path}".\n'
            'This is probably not what you want, since "define" configuration'
            " is not inherited by environments.\n"
            f'Please add these entries to "env.{scope.environment}.define":\n'
            + "\n".join(f"- {name}" for name in missing)
        )
    _warn_about_added_defines(scope, path, value)
    return passed


def _warn_about_added_defines(scope: Scope, path: str, value: Field) -> None:
    top_level = _top_level_names(scope, "define")
    if not top_level or not is_object(value):
        return
    for name in members(value):
        if name not in top_level:
            scope.report.warning(
                f'"{name}" exists on "env.{scope.environment}",'
                " but not on the top level.\n"
                'This is not what you probably want, since "define" configuration'
                " within environments can only override existing top level"
                ' "define" configuration\n'
                f'Please remove "{path}.{name}", or add "define.{name}".'
            )


def _is_object_or_missing(scope: Scope, path: str, value: Field) -> bool:
    if value is MISSING or is_object(value):
        return True
    # This one message of wrangler ends in a line break.
    return scope.report.error(
        f'The field "{path}" should be an object but got {json_text(value)}.\n'
    )


def _top_level_names(scope: Scope, field: str) -> list[str]:
    return list(members((scope.top_level or {}).get(field, MISSING)))


def _missing(scope: Scope, field: str, value: Field) -> list[str]:
    if not is_object(value):
        return []
    present = members(value)
    return [name for name in _top_level_names(scope, field) if name not in present]
