"""Bindings that stand in a table: `ai`, `browser` and the like, `unsafe`, `logfwdr`."""

from .binding_containers import table_with_bindings
from .checks import (
    Check,
    Scope,
    has_text,
    is_not_object,
    only_known,
    remote_is_boolean,
    typed_array,
)
from .diagnostics import Report
from .values import (
    MISSING,
    Field,
    Value,
    is_object,
    is_record,
    json_text,
    member,
    members,
)

_DIRECTLY_SUPPORTED = [
    "plain_text",
    "secret_text",
    "json",
    "wasm_module",
    "data_blob",
    "text_blob",
    "browser",
    "analytics",
    "ai",
    "ai_search_namespace",
    "ai_search",
    "agent_memory",
    "kv_namespace",
    "durable_object_namespace",
    "d1_database",
    "r2_bucket",
    "service",
    "logfwdr",
    "mtls_certificate",
    "pipeline",
    "k2",
    "worker_loader",
    "vpc_service",
    "flagship",
    "vpc_network",
    "stream",
    "media",
    "artifacts",
]


def single(*, remote: bool, known: tuple[str, ...] | None) -> Check:
    """A table with one `binding`; `known` None accepts any further key."""

    def check(scope: Scope, field: str, value: Field) -> bool:
        if value is MISSING:
            return True
        if not is_record(value):
            return is_not_object(scope.report, scope.path(field), value)
        entry: Value = members(value)
        passed = has_text(entry, "binding") or scope.report.error(
            'binding should have a string "binding" field.'
        )
        if remote:
            passed &= remote_is_boolean(scope.report, field, entry)
        if known is not None:
            only_known(scope.report, field, members(entry), known)
        return passed

    return check


check_named = single(remote=True, known=("binding", "remote"))
check_ai = single(remote=True, known=None)
check_version_metadata = single(remote=False, known=None)


def check_unsafe(scope: Scope, field: str, value: Field) -> bool:
    if value is MISSING:
        return True
    path = scope.path(field)
    if not is_record(value):
        return is_not_object(scope.report, path, value)
    if member(value, "bindings") is not MISSING and not table_with_bindings(
        _check_unsafe_binding
    )(scope, field, value):
        return False
    metadata = member(value, "metadata")
    if metadata is not MISSING and not is_record(metadata):
        return is_not_object(scope.report, f"{path}.metadata", metadata)
    if not _check_capnp(scope.report, f"{path}.capnp", member(value, "capnp")):
        return False
    only_known(scope.report, field, members(value), ("bindings", "metadata", "capnp"))
    return True


def _check_capnp(report: Report, field: str, value: Field) -> bool:
    if value is MISSING:
        return True
    if not is_record(value):
        return is_not_object(report, field, value)
    keys = members(value)
    if "compiled_schema" not in keys:
        return _check_capnp_sources(report, field, value)
    if "base_path" in keys or "source_schemas" in keys:
        return report.error(
            f'The field "{field}" cannot contain both "compiled_schema"'
            ' and one of "base_path" or "source_schemas".'
        )
    return isinstance(keys["compiled_schema"], str) or report.error(
        f'The field "{field}.compiled_schema", when present, should be a string'
        f" but got {json_text(keys['compiled_schema'])}."
    )


def _check_capnp_sources(report: Report, field: str, value: Field) -> bool:
    base_path = member(value, "base_path")
    if not isinstance(base_path, str):
        report.error(
            f'The field "{field}.base_path", when present, should be a string'
            f" but got {json_text(base_path)}"
        )
    schemas = member(value, "source_schemas")
    return typed_array(report, f"{field}.source_schemas", schemas, "string")


def _check_unsafe_binding(report: Report, field: str, entry: Value) -> bool:
    if not is_object(entry):
        return report.error(
            f"Expected {field} to be an object but got {json_text(entry)}."
        )
    passed = has_text(entry, "name") or report.error(
        'binding should have a string "name" field.'
    )
    kind = member(entry, "type")
    if not isinstance(kind, str):
        return report.error('binding should have a string "type" field.')
    if kind in _DIRECTLY_SUPPORTED:
        report.warning(
            f'The binding type "{kind}" is directly supported by wrangler.\n'
            f"Consider migrating this unsafe binding to a format for '{kind}' bindings"
            " that is supported by wrangler for optimal support.\n"
            "For more details, see"
            " https://developers.cloudflare.com/workers/cli-wrangler/configuration"
        )
    if kind == "metadata" and passed:
        report.warning(
            "The deployment object in the metadata binding is now deprecated. Please"
            " switch using the version_metadata binding for access to version specific"
            " fields: https://developers.cloudflare.com/workers/runtime-apis/bindings/"
            "version-metadata"
        )
    return passed


def check_logfwdr(scope: Scope, field: str, value: Field) -> bool:
    if not table_with_bindings(_check_logfwdr_binding)(scope, field, value):
        return False
    if member(value, "schema") is MISSING:
        return True
    return scope.report.error(
        f'"{field}" binding "schema" property has been replaced with the "unsafe.capnp"'
        ' object, which expects a "base_path" and an array of "source_schemas" to'
        ' compile, or a "compiled_schema" property.'
    )


def _check_logfwdr_binding(report: Report, field: str, entry: Value) -> bool:
    if not is_object(entry):
        return report.error(
            f'Expected "{field}" to be an object but got {json_text(entry)}'
        )
    passed = True
    for key in ("name", "destination"):
        if not has_text(entry, key):
            passed = report.error(f'binding should have a string "{key}" field.')
    only_known(report, field, members(entry), ("destination", "name"))
    return passed
