"""Durable Object bindings, and the warning about classes that nothing declares."""

from .binding_containers import table_with_bindings
from .checks import (
    Scope,
    has_text,
    is_not_object,
    is_one_of,
    is_type,
    lacks_or_has,
    only_known,
    remote_is_boolean,
    required,
)
from .diagnostics import Report
from .durable_object_exports import is_live
from .values import (
    MISSING,
    Field,
    Table,
    Value,
    in_javascript_order,
    is_object,
    is_record,
    json_text,
    member,
    members,
)

_KEYS = ("class_name", "environment", "name", "script_name")
_CODE_UPDATE_DELAY_MAX_SECONDS = 24 * 60 * 60
_MILLISECOND_TOLERANCE = 1e-6


def check_durable_objects(scope: Scope, field: str, value: Field) -> bool:
    """The table `durable_objects`; it may lack `bindings`, which is an empty list."""
    if value is MISSING:
        return True
    path = scope.path(field)
    if not is_record(value):
        return is_not_object(scope.report, path, value)
    table = members(value)
    only_known(scope.report, path, table, ("bindings", "code_update_strategy"))
    with_bindings: Table = {"bindings": [], **table}
    passed = table_with_bindings(_check_binding)(scope, field, with_bindings)
    strategy = member(value, "code_update_strategy")
    if strategy is MISSING:
        return passed
    strategy_path = f"{path}.code_update_strategy"
    return _check_code_update(scope.report, strategy_path, strategy) and passed


def _check_binding(report: Report, field: str, entry: Value) -> bool:
    if not is_object(entry):
        return report.error(
            f'Expected "{field}" to be an object but got {json_text(entry)}'
        )
    passed = True
    for key in ("name", "class_name"):
        if not has_text(entry, key):
            passed = report.error(f'binding should have a string "{key}" field.')
    for key in ("script_name", "environment"):
        if not lacks_or_has(entry, key, "string"):
            passed = report.error(
                f'the field "{key}", when present, should be a string.'
            )
    keys = members(entry)
    if "environment" in keys and "script_name" not in keys:
        passed = report.error(
            'binding should have a "script_name" field if "environment" is present.'
        )
    passed &= remote_is_boolean(report, field, entry)
    only_known(report, field, keys, _KEYS)
    return passed


def _check_code_update(report: Report, path: str, strategy: Field) -> bool:
    if not is_record(strategy):
        return is_not_object(report, path, strategy)
    only_known(report, path, members(strategy), ("mode", "max_delay"))
    mode = member(strategy, "mode")
    passed = required(report, path, "mode", mode, "string") and is_one_of(
        report, f"{path}.mode", mode, ("immediate", "deferred")
    )
    delay = member(strategy, "max_delay")
    if not is_type(report, f"{path}.max_delay", delay, "number"):
        return False
    if isinstance(delay, int | float):
        passed = _check_delay(report, f"{path}.max_delay", delay) and passed
    return passed


def _check_delay(report: Report, path: str, seconds: float) -> bool:
    if not 0 <= seconds <= _CODE_UPDATE_DELAY_MAX_SECONDS:
        return report.error(
            f'Expected "{path}" to be between 0 and {_CODE_UPDATE_DELAY_MAX_SECONDS}'
            f" seconds but got {json_text(seconds)}."
        )
    milliseconds = seconds * 1000
    whole = int(milliseconds + 0.5)
    vanishes = seconds > 0 and whole == 0
    if vanishes or abs(milliseconds - whole) > _MILLISECOND_TOLERANCE:
        return report.error(
            f'Expected "{path}" to use millisecond precision'
            f" but got {json_text(seconds)}."
        )
    return True


def warn_about_undeclared(
    report: Report, environment: Table, file_name: str, *, as_toml: bool
) -> None:
    """Warn when bound classes have no export, and the file has no migrations at all."""
    bindings = member(environment.get("durable_objects", MISSING), "bindings")
    if not isinstance(bindings, list) or has_migrations(environment):
        return
    exports = members(environment.get("exports", MISSING))
    own = [entry for entry in bindings if not member_truth(entry, "script_name")]
    classes = [member(entry, "class_name") for entry in own]
    uncovered = [name for name in classes if not _is_covered(name, exports)]
    names = [name for name in uncovered if isinstance(name, str)]
    if not uncovered or len(names) < len(uncovered):
        return
    snippet = _snippet(names, as_toml=as_toml)
    report.warning(
        f"In your {file_name} file, you have configured `durable_objects` exported by"
        f" this Worker ({', '.join(names)}), but no live `exports` entry for them."
        " This may not work as expected until you add a live `durable-object` entry"
        " to `exports` for each. Add the following configuration:\n\n"
        f"```\n{snippet}\n```"
    )


def member_truth(entry: Value, key: str) -> bool:
    """JavaScript's `Boolean(entry[key])`."""
    value = member(entry, key)
    return value is not MISSING and (isinstance(value, list | dict) or bool(value))


def has_migrations(environment: Table) -> bool:
    """Whether there is any migration, as wrangler counts: a text has a length too."""
    migrations = environment.get("migrations")
    return isinstance(migrations, list | str) and len(migrations) > 0


def _is_covered(class_name: Field, exports: Table) -> bool:
    return isinstance(class_name, str) and is_live(exports.get(class_name, MISSING))


def _snippet(names: list[str], *, as_toml: bool) -> str:
    entry: Value = {"type": "durable-object", "storage": "sqlite"}
    exports = in_javascript_order(dict.fromkeys(names, entry))
    if not as_toml:
        return json_text({"exports": exports}, indent=2)
    return "\n".join(
        f'[exports.{_toml_key(name)}]\ntype = "durable-object"\nstorage = "sqlite"\n'
        for name in exports
    )


def _toml_key(name: str) -> str:
    bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if bare else json_text(name)
