"""Checks of list entries that only differ in their keys and words."""

from dataclasses import dataclass

from .checks import EntryCheck, only_known, remote_is_boolean
from .diagnostics import Report
from .storage_bindings import not_an_object
from .values import MISSING, Value, is_object, json_text, member, members, type_name


@dataclass(frozen=True, slots=True)
class Rule:
    """What one key must hold. `wanted` is the message between field and value."""

    key: str
    wanted: str
    expected: str = "string"
    optional: bool = False
    may_be_empty: bool = True

    def accepts(self, entry: Value) -> bool:
        value = member(entry, self.key)
        if value is MISSING:
            return self.optional
        filled = self.may_be_empty or value != ""
        return type_name(value) == self.expected and filled


def should_have(key: str, *, optional: bool = False, may_be_empty: bool = True) -> Rule:
    wanted = f'bindings should have a string "{key}" field'
    return Rule(key, wanted, optional=optional, may_be_empty=may_be_empty)


def must_have(key: str, article: str = "a string") -> Rule:
    return Rule(key, f'bindings must have {article} "{key}" field')


def entry_check(
    noun: str, *rules: Rule, remote: bool = True, known: tuple[str, ...] | None = ()
) -> EntryCheck:
    """A check of entries: `noun` is how the message calls one that is no table.

    `known` adds keys that no rule names; None means that any key is accepted.
    """
    keys = None if known is None else (*(r.key for r in rules), *known)

    def check(report: Report, field: str, entry: Value) -> bool:
        if not is_object(entry):
            return not_an_object(report, noun, entry)
        passed = True
        for rule in rules:
            if not rule.accepts(entry):
                passed = report.error(
                    f'"{field}" {rule.wanted} but got {json_text(entry)}.'
                )
        if remote:
            passed &= remote_is_boolean(report, field, entry)
        if keys is not None:
            only_known(report, field, members(entry), keys)
        return passed

    return check
