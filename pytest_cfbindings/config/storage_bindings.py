"""Entries of the bindings that store: KV, D1 and R2."""

import re

from .checks import (
    has_text,
    lacks_or_has,
    only_known,
    remote_is_boolean,
)
from .diagnostics import Report
from .values import Value, is_object, json_text, member, members

_KV_KEYS = ("binding", "id", "preview_id", "remote")
_D1_OPTIONAL = (
    "migrations_pattern",
    "database_name",
    "jurisdiction",
    "migrations_dir",
    "migrations_table",
    "database_internal_env",
)
_D1_KEYS = ("binding", "database_id", "preview_database_id", "remote", *_D1_OPTIONAL)
_R2_KEYS = (
    "binding",
    "bucket_name",
    "preview_bucket_name",
    "jurisdiction",
    "remote",
    "local_dev",
)
_BUCKET_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
_BUCKET_FORMAT = (
    "Bucket names must begin and end with an alphanumeric character, only contain"
    " lowercase letters, numbers, and hyphens, and be between 3 and 63 characters long."
)


def check_kv_namespace(report: Report, field: str, entry: Value) -> bool:
    if not is_object(entry):
        return not_an_object(report, "kv_namespaces", entry)
    passed = must_have_text(report, field, entry, "binding")
    if not lacks_or_has(entry, "id", "string") or member(entry, "id") == "":
        passed = _wrong(report, field, entry, 'have a string "id" field')
    passed &= may_have_text(report, field, entry, "preview_id")
    if member(entry, "preview_id") == "":
        # wrangler accepts it, and then every get returns null.
        passed = report.error(
            f'"{field}" has an empty "preview_id", which breaks the namespace'
            " locally: remove it or give it a value."
        )
    passed &= remote_is_boolean(report, field, entry)
    only_known(report, field, members(entry), _KV_KEYS)
    return passed


def check_d1_database(report: Report, field: str, entry: Value) -> bool:
    if not is_object(entry):
        return not_an_object(report, "d1_databases", entry)
    passed = must_have_text(report, field, entry, "binding")
    if not lacks_or_has(entry, "database_id", "string"):
        passed = report.error(
            f'"{field}" bindings must have a "database_id" field'
            f" but got {json_text(entry)}."
        )
    passed &= may_have_text(report, field, entry, "preview_database_id")
    passed &= remote_is_boolean(report, field, entry)
    for key in _D1_OPTIONAL:
        passed &= may_have_text(report, field, entry, key)
    only_known(report, field, members(entry), _D1_KEYS)
    return passed


def check_r2_bucket(report: Report, field: str, entry: Value) -> bool:
    if not is_object(entry):
        return not_an_object(report, "r2_buckets", entry)
    passed = must_have_text(report, field, entry, "binding")
    name = member(entry, "bucket_name")
    if not lacks_or_has(entry, "bucket_name", "string") or name == "":
        passed = _wrong(report, field, entry, 'have a string "bucket_name" field')
    # Names are only looked at while the entry is otherwise right, and the second
    # message has a space the first has not.
    passed = passed and _bucket_name(report, field, entry, "bucket_name", "=")
    passed &= may_have_text(report, field, entry, "preview_bucket_name")
    passed = passed and _bucket_name(report, field, entry, "preview_bucket_name", "= ")
    passed &= may_have_text(report, field, entry, "jurisdiction")
    passed &= remote_is_boolean(report, field, entry)
    passed &= _local_dev(report, field, entry)
    only_known(report, field, members(entry), _R2_KEYS)
    return passed


def not_an_object(report: Report, kind: str, entry: Value) -> bool:
    return report.error(
        f'"{kind}" bindings should be objects, but got {json_text(entry)}'
    )


def must_have_text(report: Report, field: str, entry: Value, key: str) -> bool:
    return has_text(entry, key) or _wrong(
        report, field, entry, f'have a string "{key}" field'
    )


def may_have_text(report: Report, field: str, entry: Value, key: str) -> bool:
    return lacks_or_has(entry, key, "string") or report.error(
        f'"{field}" bindings should, optionally, have a string "{key}" field'
        f" but got {json_text(entry)}."
    )


def _wrong(report: Report, field: str, entry: Value, wanted: str) -> bool:
    return report.error(
        f'"{field}" bindings should {wanted} but got {json_text(entry)}.'
    )


def _bucket_name(
    report: Report, field: str, entry: Value, key: str, equals: str
) -> bool:
    name = member(entry, key)
    if not isinstance(name, str) or _BUCKET_NAME.fullmatch(name):
        return True
    return report.error(
        f"{field}.{key}{equals}{json_text(name)} is invalid. {_BUCKET_FORMAT}"
    )


def _local_dev(report: Report, field: str, entry: Value) -> bool:
    if "local_dev" not in members(entry):
        return True
    settings = members(entry)["local_dev"]
    if not is_object(settings):
        return report.error(
            f'"{field}" bindings should, optionally, have an object "local_dev" field'
            f" but got {json_text(entry)}."
        )
    passed = True
    key = "experimental_s3_credentials"
    if key in members(settings):
        report.experimental(f"local_dev.{key}")
        credentials = members(settings)[key]
        wanted = ("accessKeyId", "secretAccessKey")
        if not all(has_text(credentials, name) for name in wanted):
            passed = report.error(
                f'"{field}" bindings should, optionally, have a "local_dev.{key}"'
                ' field with string "accessKeyId" and "secretAccessKey" fields,'
                f" but got {json_text(entry)}."
            )
    only_known(report, f"{field}.local_dev", members(settings), (key,))
    return passed
