"""Names of bindings: each may be used once, and some not at all."""

from .binding_kinds import WRANGLER_NAMES
from .checks import binding_names
from .diagnostics import Report
from .values import MISSING, Field, Table, english_list, member

PROTOTYPE_NAMES = frozenset(
    (
        "constructor",
        "hasOwnProperty",
        "isPrototypeOf",
        "propertyIsEnumerable",
        "toLocaleString",
        "toString",
        "valueOf",
        "__proto__",
        "__defineGetter__",
        "__defineSetter__",
        "__lookupGetter__",
        "__lookupSetter__",
    )
)
"""Members of every JavaScript object. Wrangler crashes on a binding so named."""


def names_of_kind(key: str, value: Field) -> list[str]:
    """The names that bindings of one kind take, as wrangler counts them."""
    return binding_names(member(value, "producers") if key == "queues" else value)


def check_names(report: Report, config: Table) -> None:
    """Errors for names used twice, in wrangler's order."""
    users: dict[str, list[str]] = {}
    for key, kind in WRANGLER_NAMES.items():
        for name in names_of_kind(key, config.get(key, MISSING)):
            users.setdefault(name, []).append(kind)
    required = member(config.get("secrets", MISSING), "required")
    # Wrangler walks over whatever stands here, a text by its letters.
    for secret in required if isinstance(required, list | str) else []:
        users.setdefault(str(secret), []).append("Secret")
    is_pages = config.get("pages_build_output_dir") is not None
    for kind in users.get("ASSETS", []) if is_pages else []:
        report.error(
            "The name 'ASSETS' is reserved in Pages projects."
            f" Please use a different name for your {kind} binding."
        )
    for name in users:
        if name in PROTOTYPE_NAMES:
            report.error(
                f'"{name}" cannot be the name of a binding: every JavaScript object'
                " already has a member of that name. Please choose another."
            )
    _check_unique(report, users)


def _check_unique(report: Report, users: dict[str, list[str]]) -> None:
    shared = {name: kinds for name, kinds in users.items() if len(kinds) > 1}
    for name, kinds in shared.items():
        different = list(dict.fromkeys(kinds))
        if len(different) > 1:
            report.error(f"{name} assigned to {english_list(different)} bindings.")
        for kind in _repeated(kinds):
            report.error(f"{name} assigned to multiple {kind} bindings.")
    if shared:
        report.error(
            "Bindings must have unique names, so that they can all be referenced in"
            " the worker.\nPlease change your bindings to have unique names."
        )


def _repeated(kinds: list[str]) -> list[str]:
    again = [kind for index, kind in enumerate(kinds) if kind in kinds[:index]]
    return list(dict.fromkeys(again))
