"""The table `previews`: a second set of bindings, for preview deployments."""

from collections.abc import Mapping

from .checks import Check, Scope, all_pass, anything, is_not_object, only_known
from .values import MISSING, Field, is_record, member, members

_KEYS = (
    "vars",
    "define",
    "placement",
    "durable_objects",
    "workflows",
    "kv_namespaces",
    "send_email",
    "queues",
    "d1_databases",
    "r2_buckets",
    "vectorize",
    "ai_search_namespaces",
    "ai_search",
    "hyperdrive",
    "services",
    "analytics_engine_datasets",
    "dispatch_namespaces",
    "mtls_certificates",
    "tail_consumers",
    "streaming_tail_consumers",
    "unsafe",
    "browser",
    "analytics",
    "ai",
    "images",
    "stream",
    "media",
    "pipelines",
    "secrets_store_secrets",
    "k2",
    "artifacts",
    "unsafe_hello_world",
    "flagship",
    "worker_loaders",
    "ratelimits",
    "vpc_services",
    "version_metadata",
    "containers",
    "logpush",
    "observability",
    "limits",
    "cache",
)


def check_previews(checks: Mapping[str, Check]) -> Check:
    """A check of the table, by the checks its keys have at the top level."""

    def check(scope: Scope, field: str, value: Field) -> bool:
        if value is MISSING:
            return True
        if not is_record(value):
            return is_not_object(scope.report, field, value)
        only_known(scope.report, field, members(value), _KEYS)
        # Messages name "previews" wherever it stands, and nothing is compared.
        alone = Scope(scope.report)
        return all_pass(
            checks.get(key, anything)(alone, f"{field}.{key}", member(value, key))
            for key in _KEYS
        )

    return check
