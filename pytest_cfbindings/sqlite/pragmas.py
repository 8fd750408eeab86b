"""Which PRAGMAs a Worker may use, and with which values (measured)."""

import re

from .names import is_free
from .tokens import unquoted

_SWITCHES = """
    case_sensitive_like foreign_keys defer_foreign_keys ignore_check_constraints
    legacy_alter_table recursive_triggers reverse_unordered_selects
"""
_SWITCH_VALUES = ("true", "false", "yes", "no", "on", "off", "1", "0")
_OF_A_NAME = """
    foreign_key_list index_info index_list index_xinfo table_info table_xinfo
"""
_NUMBER = re.compile(r"[+-]?(0x[0-9a-fA-F]+|[0-9]+)")


def is_allowed(pragma: str, value: str | None) -> bool:
    """Whether workerd lets a Worker run `PRAGMA pragma(value)`."""
    name = pragma.lower()
    if name == "table_list":
        return True
    if name == "data_version":
        return value is None
    if name in _SWITCHES.split():
        return value is None or _is_switch_value(value)
    if name in _OF_A_NAME.split():
        return value is not None and is_free(value)
    if name == "foreign_key_check":
        return value is None or is_free(value)
    if name == "quick_check":
        return value is None or value.isdigit() or is_free(value)
    return name == "optimize" and (value is None or bool(_NUMBER.fullmatch(value)))


def _is_switch_value(value: str) -> bool:
    return unquoted(value).lower().startswith(_SWITCH_VALUES)
