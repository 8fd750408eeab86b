"""The table `queues`: producers, which are bindings, and consumers."""

from .binding_containers import list_of
from .checks import (
    Scope,
    has_text,
    is_not_object,
    lacks_or_has,
    only_known,
    remote_is_boolean,
)
from .diagnostics import Report
from .storage_bindings import must_have_text, not_an_object
from .values import (
    MISSING,
    Field,
    Value,
    is_object,
    is_record,
    json_text,
    member,
    members,
    template_text,
)

_CONSUMER_NUMBERS = ("max_batch_size", "max_batch_timeout", "max_retries")
_CONSUMER_KEYS = (
    "queue",
    "type",
    *_CONSUMER_NUMBERS,
    "dead_letter_queue",
    "max_concurrency",
    "visibility_timeout_ms",
    "retry_delay",
)


def check_queues(scope: Scope, field: str, value: Field) -> bool:
    if value is MISSING:
        return True
    path = scope.path(field)
    if not is_record(value):
        return is_not_object(scope.report, path, value)
    only_known(scope.report, path, members(value), ("consumers", "producers"))
    passed = True
    consumers = member(value, "consumers")
    if isinstance(consumers, list):
        for index, entry in enumerate(consumers):
            name = f"{path}.consumers[{index}]"
            passed = _check_consumer(scope.report, name, entry) and passed
    elif consumers is not MISSING:
        passed = scope.report.error(
            f'The field "{path}.consumers" should be an array'
            f" but got {json_text(consumers)}."
        )
    producers = member(value, "producers")
    return list_of(_check_producer)(scope, f"{field}.producers", producers) and passed


def _check_consumer(report: Report, field: str, entry: Value) -> bool:
    if not is_object(entry):
        return report.error(
            f'"{field}" should be a objects, but got {json_text(entry)}'
        )
    only_known(report, field, members(entry), _CONSUMER_KEYS)
    passed = has_text(entry, "queue") or report.error(
        f'"{field}" should have a string "queue" field but got {json_text(entry)}.'
    )
    kind = member(entry, "type")
    if kind not in (MISSING, "worker"):
        passed = report.error(
            f'"{field}.type" has an invalid value "{template_text(kind)}". Only'
            ' "worker" consumers can be configured in your Wrangler configuration.'
        )
    for key in _CONSUMER_KEYS[1:]:
        expected = "string" if key in ("type", "dead_letter_queue") else "number"
        passed &= _optional(report, field, entry, key, expected)
    return passed


def _optional(report: Report, field: str, entry: Value, key: str, kind: str) -> bool:
    return lacks_or_has(entry, key, kind) or report.error(
        f'"{field}" should, optionally, have a {kind} "{key}" field'
        f" but got {json_text(entry)}."
    )


def _check_producer(report: Report, field: str, entry: Value) -> bool:
    if not is_object(entry):
        return not_an_object(report, "queue", entry)
    known = ("binding", "queue", "delivery_delay", "remote")
    if not only_known(report, field, members(entry), known):
        # wrangler looks no further at an entry with a key it does not know.
        return False
    passed = must_have_text(report, field, entry, "binding")
    if not lacks_or_has(entry, "queue", "string") or member(entry, "queue") == "":
        passed = report.error(
            f'"{field}" bindings should optionally have a non-empty string "queue"'
            f" field but got {json_text(entry)}."
        )
    passed &= _optional(report, field, entry, "delivery_delay", "number")
    if "delivery_delay" in members(entry):
        report.warning(
            f'The "delivery_delay" field in "{field}" is deprecated and has no effect.'
            ' Queue-level settings should be configured using "wrangler queues update"'
            " instead. This setting will be removed in a future version."
        )
    return remote_is_boolean(report, field, entry) and passed
