"""The small checks that wrangler's validation is made of, with its messages.

Each returns whether the value passed; what is wrong goes into the scope's report.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from .diagnostics import Report
from .known_keys import suggestion
from .values import MISSING, Field, Table, Value, json_text, member, members, type_name


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a value is checked: at the top level, or in a named environment.

    `top_level` is the checked top level while an environment is read, else None.
    """

    report: Report
    environment: str | None = None
    top_level: Table | None = None

    def path(self, field: str) -> str:
        """The field as messages about bindings and vars name it."""
        return field if self.environment is None else f"env.{self.environment}.{field}"


Check: TypeAlias = Callable[[Scope, str, Field], bool]
"""A check of one field of an environment."""

EntryCheck: TypeAlias = Callable[[Report, str, Value], bool]
"""A check of one entry of a list of bindings, named by its path."""


def is_string(scope: Scope, field: str, value: Field) -> bool:
    return is_type(scope.report, field, value, "string")


def is_boolean(scope: Scope, field: str, value: Field) -> bool:
    return is_type(scope.report, field, value, "boolean")


def is_string_array(scope: Scope, field: str, value: Field) -> bool:
    if value is MISSING or _is_strings(value):
        return True
    return scope.report.error(
        f'Expected "{field}" to be of type string array but got {json_text(value)}.'
    )


def anything(scope: Scope, field: str, value: Field) -> bool:
    return True


def is_type(report: Report, field: str, value: Field, expected: str) -> bool:
    if value is MISSING or type_name(value) == expected:
        return True
    return report.error(
        f'Expected "{field}" to be of type {expected} but got {json_text(value)}.'
    )


def is_one_of(report: Report, field: str, value: Field, choices: Sequence[str]) -> bool:
    if value is MISSING or value in choices:
        return True
    return report.error(
        f'Expected "{field}" field to be one of {json_text(list(choices))}'
        f" but got {json_text(value)}."
    )


def required(
    report: Report, container: str, key: str, value: Field, expected: str
) -> bool:
    field = f"{container}.{key}" if container else key
    if value is MISSING:
        return report.error(f'"{field}" is a required field.')
    return is_type(report, field, value, expected)


def choice(report: Report, field: str, value: Field, choices: Sequence[str]) -> bool:
    """An optional text that must be one of the choices."""
    return is_type(report, field, value, "string") and is_one_of(
        report, field, value, choices
    )


def typed_array(report: Report, field: str, value: Field, expected: str) -> bool:
    if not isinstance(value, list):
        return report.error(
            f'Expected "{field}" to be an array of {expected}s'
            f" but got {json_text(value)}"
        )
    return all_pass(
        required(report, field, f"[{index}]", item, expected)
        for index, item in enumerate(value)
    )


def optional_typed_array(
    report: Report, field: str, value: Field, expected: str
) -> bool:
    return value is MISSING or typed_array(report, field, value, expected)


def only_known(
    report: Report, field: str, keys: Iterable[str], known: Iterable[str]
) -> bool:
    """Warn about keys that nothing reads, which are never errors."""
    names = tuple(known)
    unknown = [key for key in keys if key not in names]
    if not unknown:
        return True
    listed = ",".join(f'"{key}"' for key in unknown)
    report.warning(
        f"Unexpected fields found in {field} field: {listed}",
        suggestion(unknown, names),
    )
    return False


def has_text(entry: Value, key: str) -> bool:
    return isinstance(member(entry, key), str)


def lacks_or_has(entry: Value, key: str, expected: str) -> bool:
    """Whether the key is absent or of that type; `null` is a wrong value."""
    value = member(entry, key)
    return value is MISSING or type_name(value) == expected


def remote_is_boolean(report: Report, field: str, entry: Value) -> bool:
    return lacks_or_has(entry, "remote", "boolean") or report.error(
        f'"{field}" should, optionally, have a boolean "remote" field'
        f" but got {json_text(entry)}."
    )


def all_pass(outcomes: Iterable[bool]) -> bool:
    """Whether all passed, after every check has run: nothing stops at the first."""
    return all(list(outcomes))


def is_not_object(report: Report, field: str, value: Field) -> bool:
    return report.error(
        f'The field "{field}" should be an object but got {json_text(value)}.'
    )


def binding_names(value: Field) -> list[str]:
    """The names a container of bindings gives, as wrangler counts them.

    One entry without a text name hides its whole list (wrangler 4.164, measured).
    """
    listed = member(value, "bindings") if isinstance(value, dict) else MISSING
    if isinstance(listed, list) and all(has_text(entry, "name") for entry in listed):
        return [str(member(entry, "name")) for entry in listed]
    if isinstance(value, list):
        tables = all(isinstance(e, dict) and has_text(e, "binding") for e in value)
        return [str(member(e, "binding")) for e in value] if tables else []
    if isinstance(value, dict) and "binding" in value:
        return [str(value["binding"])]
    return list(members(value)) if isinstance(value, dict) else []


def _is_strings(value: Field) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
