"""Bindings that data is sent into: pipelines and K2 streams."""

from .binding_containers import list_of
from .checks import has_text, only_known, remote_is_boolean
from .diagnostics import Report
from .storage_bindings import not_an_object
from .values import (
    Value,
    is_object,
    is_record,
    json_text,
    member,
    members,
)


def _check_pipeline(report: Report, field: str, entry: Value) -> bool:
    if not is_object(entry):
        return not_an_object(report, "pipeline", entry)
    passed = has_text(entry, "binding") or report.error(
        f'"{field}" bindings must have a string "binding" field'
        f" but got {json_text(entry)}."
    )
    stream, pipeline = member(entry, "stream"), member(entry, "pipeline")
    if not (isinstance(stream, str) and stream):
        if isinstance(pipeline, str) and pipeline:
            report.warning(
                f'The "pipeline" field in "{field}" bindings is deprecated.'
                ' Use "stream" instead.'
            )
        else:
            passed = report.error(
                f'"{field}" bindings must have a string "stream" field'
                f" but got {json_text(entry)}."
            )
    passed &= remote_is_boolean(report, field, entry)
    known = ("binding", "stream", "pipeline", "remote")
    only_known(report, field, members(entry), known)
    return passed


def _check_k2(report: Report, field: str, entry: Value) -> bool:
    if not is_record(entry):
        return not_an_object(report, field, entry)
    passed = True
    for key in ("binding", "stream"):
        if not has_text(entry, key):
            passed = report.error(f'"{field}" must have a string "{key}" field.')
    passed &= remote_is_boolean(report, field, entry)
    if member(entry, "remote") is False:
        passed = report.error(
            f'"{field}" does not support `remote: false`. K2 bindings always access'
            ' remote resources; omit "remote" or set `remote: true`.'
        )
    only_known(report, field, members(entry), ("binding", "stream", "remote"))
    return passed


check_pipelines = list_of(_check_pipeline)
check_k2 = list_of(_check_k2)
