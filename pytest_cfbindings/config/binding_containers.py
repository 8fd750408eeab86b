"""The two containers bindings stand in: a list, and a table with `bindings`."""

from .checks import Check, EntryCheck, Scope, all_pass, binding_names, is_not_object
from .values import (
    MISSING,
    Field,
    Value,
    is_record,
    json_text,
    member,
    template_text,
)


def list_of(check: EntryCheck) -> Check:
    """A list of bindings, `[[kv_namespaces]]` for instance."""

    def check_list(scope: Scope, field: str, value: Field) -> bool:
        if value is MISSING:
            return True
        path = scope.path(field)
        if not isinstance(value, list):
            return scope.report.error(
                f'The field "{path}" should be an array but got {json_text(value)}.'
            )
        passed = all_pass(
            check(scope.report, f"{path}[{index}]", entry)
            for index, entry in enumerate(value)
        )
        _warn_about_missing_entries(scope, field, value)
        return passed

    return check_list


def table_with_bindings(check: EntryCheck) -> Check:
    """A table with a list `bindings`, whose entries report under headings."""

    def check_table(scope: Scope, field: str, value: Field) -> bool:
        if value is MISSING:
            return True
        path = scope.path(field)
        if not is_record(value):
            return is_not_object(scope.report, path, value)
        bindings = member(value, "bindings")
        if bindings is MISSING:
            return scope.report.error(
                f'The field "{path}" is missing the required "bindings" property.'
            )
        if not isinstance(bindings, list):
            return scope.report.error(
                f'The field "{path}.bindings" should be an array'
                f" but got {json_text(bindings)}."
            )
        passed = _check_headed_entries(scope, f"{path}.bindings", bindings, check)
        if passed:
            _warn_about_missing_names(scope, field, value)
        return passed

    return check_table


def _check_headed_entries(
    scope: Scope, path: str, entries: list[Value], check: EntryCheck
) -> bool:
    return all_pass(
        check(
            scope.report.child(f'"{path}[{index}]": {json_text(entry)}'),
            f"{path}[{index}]",
            entry,
        )
        for index, entry in enumerate(entries)
    )


def _warn_about_missing_entries(scope: Scope, field: str, value: list[Value]) -> None:
    top_level = (scope.top_level or {}).get(field)
    if not isinstance(top_level, list):
        return
    present = [member(entry, "binding") for entry in value]
    for entry in top_level:
        binding = member(entry, "binding")
        if binding in present:
            continue
        name = template_text(binding)
        env = f"env.{scope.environment}"
        scope.report.warning(
            f'There is a {field} binding with name "{name}" at the top level,'
            f' but not on "{env}".\n'
            f'This is not what you probably want, since "{field}" configuration'
            " is not inherited by environments.\n"
            f'Please add a binding for "{name}" to "{env}.{field}.bindings".'
        )


def _warn_about_missing_names(scope: Scope, field: str, value: Field) -> None:
    present = binding_names(value)
    top_level = binding_names((scope.top_level or {}).get(field, MISSING))
    missing = [name for name in top_level if name not in present]
    if missing:
        listed = "\n".join(f"- {name}" for name in missing)
        scope.report.warning(
            "The following bindings are at the top level,"
            f' but not on "env.{scope.environment}".\n'
            f'This is not what you probably want, since "{field}" configuration'
            " is not inherited by environments.\n"
            f'Please add a binding for each to "{scope.path(field)}.bindings":\n'
            f"{listed}"
        )
