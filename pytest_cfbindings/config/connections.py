"""The list `connect`: raw TCP and UDP handlers."""

from .checks import Scope, all_pass, lacks_or_has, only_known
from .diagnostics import Report
from .values import (
    MISSING,
    Field,
    Value,
    is_object,
    json_text,
    member,
    members,
    number_text,
    type_name,
)

_PORT_MAX = 65535
_UDP_OPTION_MAX = 4294967295
_TCP_KEYS = ("protocol", "port", "address")
_UDP_OPTIONS = ("idle_timeout_ms", "max_pending_bytes")


def check_connections(scope: Scope, field: str, value: Field) -> bool:
    if value is MISSING:
        return True
    path = scope.path(field)
    if not isinstance(value, list):
        return scope.report.error(
            f'The field "{path}" should be an array but got {json_text(value)}.'
        )
    passed = all_pass(
        _check_handler(scope.report, f"{path}[{index}]", entry)
        for index, entry in enumerate(value)
    )
    return _check_unique(scope.report, path, value) and passed


def _check_unique(report: Report, path: str, handlers: list[Value]) -> bool:
    passed = True
    first: dict[tuple[str, float], int] = {}
    for index, handler in enumerate(handlers):
        protocol, port = member(handler, "protocol"), member(handler, "port")
        if not isinstance(protocol, str) or not isinstance(port, int | float):
            continue
        if (protocol, port) in first:
            passed = report.error(
                f'"{path}[{index}]" has the same "protocol" ({protocol}) and "port"'
                f' ({number_text(port)}) as "{path}[{first[protocol, port]}]". Each'
                ' entry in "connect" must use a unique protocol/port combination.'
            )
        first.setdefault((protocol, port), index)
    return passed


def _check_handler(report: Report, field: str, entry: Value) -> bool:
    if not is_object(entry):
        return report.error(
            f'"{field}" should be an object, but got {json_text(entry)}'
        )
    protocol = member(entry, "protocol")
    options = _UDP_OPTIONS if protocol == "udp" else ()
    only_known(report, field, members(entry), (*_TCP_KEYS, *options))
    passed = True
    if protocol not in ("tcp", "udp"):
        found = entry if protocol is MISSING else protocol
        passed = report.error(
            f'"{field}" should have a "protocol" field of "tcp" or "udp"'
            f" but got {json_text(found)}."
        )
    passed &= _check_port(report, field, entry)
    if not lacks_or_has(entry, "address", "string"):
        passed = report.error(
            f'"{field}" should, optionally, have a string "address" field'
            f" but got {json_text(entry)}."
        )
    for option in options:
        if option in members(entry) and not _is_whole(
            member(entry, option), 0, _UDP_OPTION_MAX
        ):
            passed = report.error(
                f'"{field}" should have an integer "{option}" field between 0 and'
                f" {_UDP_OPTION_MAX} but got {json_text(entry)}."
            )
    return passed


def _check_port(report: Report, field: str, entry: Value) -> bool:
    port = member(entry, "port")
    if type_name(port) != "number":
        return report.error(
            f'"{field}" should have a number "port" field but got {json_text(entry)}.'
        )
    return _is_whole(port, 1, _PORT_MAX) or report.error(
        f'"{field}" should have an integer "port" field between 1 and {_PORT_MAX}'
        f" but got {json_text(entry)}."
    )


def _is_whole(value: Field, low: int, high: int) -> bool:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return is_number and isinstance(value, int) and low <= value <= high
