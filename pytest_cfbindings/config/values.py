"""What a Wrangler file holds, seen as JavaScript sees it.

Wrangler's checks and messages are JavaScript's: `typeof`, `Object.keys`,
`JSON.stringify`. This module gives those few views on Python values.
"""

import json
import math
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Final, Literal, TypeAlias, TypeGuard

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
"""A JSON value. Numbers are `int` where JavaScript shows no fraction."""

Value: TypeAlias = (
    bool | int | float | str | date | time | list["Value"] | dict[str, "Value"] | None
)
"""A value of the file: JSON, and TOML's dates and times."""

Table: TypeAlias = dict[str, Value]


class Missing(Enum):
    """JavaScript's undefined, which is not the `null` that a file can hold."""

    MISSING = "undefined"


MISSING: Final = Missing.MISSING

Field: TypeAlias = Value | Literal[Missing.MISSING]

SAFE_INTEGER_MAX: Final = 2**53 - 1


def is_object(
    value: Field,
) -> TypeGuard["list[Value] | dict[str, Value] | date | time"]:
    """JavaScript's `typeof value === "object" && value !== null`."""
    return isinstance(value, list | dict | date | time)


def is_record(value: Field) -> bool:
    """An object that is no array: a table, or one of TOML's dates."""
    return is_object(value) and not isinstance(value, list)


def members(value: Field) -> Table:
    """The own enumerable properties: JavaScript's `Object.entries(value)`."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list | str):
        return {str(index): item for index, item in enumerate(value)}
    return {}


def member(value: Field, key: str) -> Field:
    """The property of that name, `MISSING` where there is none."""
    return members(value).get(key, MISSING)


def type_name(value: Field) -> str:
    """JavaScript's `typeof value`."""
    if value is MISSING:
        return "undefined"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "string" if isinstance(value, str) else "object"


def javascript_number(value: float) -> int | float:
    """A JavaScript number as Python meets it: an `int` when it has no fraction."""
    if value.is_integer() and abs(value) <= SAFE_INTEGER_MAX:
        return int(value)
    return value


def is_array_index(key: str) -> bool:
    return key.isascii() and key.isdigit() and str(int(key[:11])) == key


def in_javascript_order(table: Mapping[str, Value]) -> Table:
    """The table with its keys as JavaScript lists them: 0, 1, 10, then the others."""
    indexes = [key for key in table if is_array_index(key) and int(key) < 2**32 - 1]
    if not indexes:
        return dict(table)
    ordered = dict.fromkeys([*sorted(indexes, key=int), *table])
    return {key: table[key] for key in ordered}


def number_text(value: int | float) -> str:
    """The text of a number, as JavaScript writes it."""
    if isinstance(value, int) or not math.isfinite(value):
        return str(value)
    if value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    mantissa, _, exponent = repr(value).partition("e")
    if not exponent:
        return mantissa
    power = int(exponent)
    if -7 < power < 0:
        digits = mantissa.replace(".", "").lstrip("-")
        return f"{'-' if value < 0 else ''}0.{'0' * (-power - 1)}{digits}"
    return f"{mantissa}e{power:+d}"


def date_text(value: date | time) -> str:
    """TOML's date or time, as it becomes text in JSON."""
    if isinstance(value, time):
        return value.isoformat(timespec="milliseconds")
    if not isinstance(value, datetime):
        return value.isoformat()
    text = value.isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z") if value.tzinfo == UTC else text


def json_text(value: Field, indent: int = 0, level: int = 0) -> str:
    """JavaScript's `JSON.stringify(value, null, indent)`."""
    if value is MISSING:
        return "undefined"
    if isinstance(value, list):
        return _bracketed(
            "[]", [json_text(v, indent, level + 1) for v in value], indent, level
        )
    if isinstance(value, dict):
        colon = ": " if indent else ":"
        items = [
            f"{_quoted(key)}{colon}{json_text(item, indent, level + 1)}"
            for key, item in value.items()
        ]
        return _bracketed("{}", items, indent, level)
    return _scalar_text(value)


def _scalar_text(value: bool | int | float | str | date | time | None) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, date | time):
        return _quoted(date_text(value))
    return number_text(value) if math.isfinite(value) else "null"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _bracketed(brackets: str, items: list[str], indent: int, level: int) -> str:
    if not indent or not items:
        return f"{brackets[0]}{','.join(items)}{brackets[1]}"
    outer = "\n" + " " * (indent * level)
    inner = outer + " " * indent
    return f"{brackets[0]}{inner}{f',{inner}'.join(items)}{outer}{brackets[1]}"


def as_json(value: Value) -> Json:
    """What a Worker receives for a JSON var: `JSON.parse(JSON.stringify(value))`."""
    if isinstance(value, list):
        return [as_json(item) for item in value]
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, date | time):
        return date_text(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def template_text(value: Field) -> str:
    """The text of a value inside a JavaScript template: `${value}`."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ",".join("" if v is None else template_text(v) for v in value)
    if isinstance(value, dict):
        return "[object Object]"
    if isinstance(value, float) and math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, float) and math.isnan(value):
        return "NaN"
    return json_text(value).strip('"')


def english_list(items: Iterable[str], last: str = "and") -> str:
    """`A`, `A and B`, `A, B, and C`: JavaScript's `Intl.ListFormat("en-US")`."""
    names = list(items)
    if len(names) < 3:
        return f" {last} ".join(names)
    return f"{', '.join(names[:-1])}, {last} {names[-1]}"


def utf16_length(text: str) -> int:
    """How many units JavaScript counts in the text."""
    return len(text) + sum(char > "\uffff" for char in text)
