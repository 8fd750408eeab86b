"""The top level and a named environment: what is inherited, what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass

from . import other_entries as other
from . import settings, single_bindings, storage_bindings
from .binding_containers import list_of
from .checks import (
    Check,
    Scope,
    anything,
    is_boolean,
    is_string,
    is_string_array,
    only_known,
)
from .class_migrations import check_migrations
from .connections import check_connections
from .diagnostics import Report
from .durable_object_exports import check_exports
from .durable_objects import check_durable_objects
from .observability import check_observability
from .pipelines import check_k2, check_pipelines
from .placement import check_placement
from .previews import check_previews
from .queues import check_queues
from .routes import check_route, check_route_conflicts, check_routes
from .services import check_dispatch_namespaces, check_services
from .triggers import check_triggers
from .values import MISSING, Field, Table, member, members
from .variables import check_define, check_secrets, check_vars
from .workflows import check_workflows


@dataclass(frozen=True, slots=True)
class Key:
    """One key of an environment and how it is checked."""

    check: Check
    inherited: bool = False


def _own(check: Check) -> Key:
    return Key(check)


def _inherited(check: Check) -> Key:
    return Key(check, inherited=True)


def _check_previews(scope: Scope, field: str, value: Field) -> bool:
    checks = {name: key.check for name, key in KEYS.items()}
    return check_previews(checks)(scope, field, value)


KEYS: Mapping[str, Key] = {
    "route": _inherited(check_route),
    "account_id": _inherited(is_string),
    "routes": _inherited(check_routes),
    "workers_dev": _inherited(is_boolean),
    "preview_urls": _inherited(is_boolean),
    "build": _inherited(settings.check_build),
    "compatibility_date": _inherited(settings.check_compatibility_date),
    "compatibility_flags": _inherited(is_string_array),
    "jsx_factory": _inherited(is_string),
    "jsx_fragment": _inherited(is_string),
    "tsconfig": _inherited(is_string),
    "rules": _inherited(settings.check_rules),
    "name": _inherited(settings.check_name),
    "main": _inherited(is_string),
    "find_additional_modules": _inherited(is_boolean),
    "preserve_file_names": _inherited(is_boolean),
    "base_dir": _inherited(is_string),
    "triggers": _inherited(check_triggers),
    "assets": _inherited(settings.check_assets),
    "limits": _inherited(settings.check_limits),
    "placement": _inherited(check_placement),
    "vars": _own(check_vars),
    "secrets": _own(check_secrets),
    "define": _own(check_define),
    "durable_objects": _own(check_durable_objects),
    "workflows": _own(check_workflows),
    "migrations": _inherited(check_migrations),
    "exports": _inherited(check_exports),
    "kv_namespaces": _own(list_of(storage_bindings.check_kv_namespace)),
    "cloudchamber": _own(anything),
    "containers": _own(anything),
    "send_email": _own(other.check_send_email),
    "queues": _own(check_queues),
    "connect": _own(check_connections),
    "r2_buckets": _own(list_of(storage_bindings.check_r2_bucket)),
    "d1_databases": _own(list_of(storage_bindings.check_d1_database)),
    "vectorize": _own(other.check_vectorize),
    "ai_search_namespaces": _own(other.check_ai_search_namespaces),
    "ai_search": _own(other.check_ai_search),
    "agent_memory": _own(other.check_agent_memory),
    "hyperdrive": _own(other.check_hyperdrive),
    "services": _own(check_services),
    "analytics_engine_datasets": _own(other.check_analytics_engine),
    "dispatch_namespaces": _own(check_dispatch_namespaces),
    "mtls_certificates": _own(other.check_mtls_certificates),
    "tail_consumers": _own(settings.check_tail_consumers),
    "streaming_tail_consumers": _own(settings.check_streaming_tail_consumers),
    "unsafe": _own(single_bindings.check_unsafe),
    "browser": _own(single_bindings.check_named),
    "analytics": _own(single_bindings.check_named),
    "ai": _own(single_bindings.check_ai),
    "images": _own(single_bindings.check_named),
    "stream": _own(single_bindings.check_named),
    "media": _own(single_bindings.check_named),
    "pipelines": _own(check_pipelines),
    "k2": _own(check_k2),
    "secrets_store_secrets": _own(other.check_secrets_store),
    "artifacts": _own(other.check_artifacts),
    "unsafe_hello_world": _own(other.check_hello_world),
    "flagship": _own(other.check_flagship),
    "worker_loaders": _own(other.check_worker_loaders),
    "ratelimits": _own(other.check_ratelimits),
    "vpc_services": _own(other.check_vpc_services),
    "vpc_networks": _own(other.check_vpc_networks),
    "version_metadata": _own(single_bindings.check_version_metadata),
    "logfwdr": _inherited(single_bindings.check_logfwdr),
    "no_bundle": _inherited(is_boolean),
    "minify": _inherited(is_boolean),
    "keep_names": _inherited(is_boolean),
    "first_party_worker": _inherited(is_boolean),
    "logpush": _inherited(is_boolean),
    "upload_source_maps": _inherited(is_boolean),
    "observability": _inherited(check_observability),
    "access": _inherited(settings.check_access),
    "cache": _inherited(settings.check_cache),
    "compliance_region": _inherited(settings.check_compliance_region),
    "python_modules": _inherited(settings.check_python_modules),
    "previews": _inherited(_check_previews),
}
"""Every key of an environment, in the order wrangler 4.164 checks them."""

_NODE_COMPAT = (
    'Removed: "node_compat":\n'
    'The "node_compat" field is no longer supported as of Wrangler v4. Instead, use the'
    " `nodejs_compat` compatibility flag. This includes the functionality from legacy"
    " `node_compat` polyfills and natively implemented Node.js APIs. See"
    " https://developers.cloudflare.com/workers/runtime-apis/nodejs"
    " for more information."
)


def check_environment(
    report: Report,
    raw: Table,
    *,
    environment: str | None = None,
    top_level: Table | None = None,
    raw_top_level: Table | None = None,
) -> Table:
    """Check one environment and return it with what it inherits.

    Without `environment` it is the top level. Otherwise `top_level` is the checked top
    level and `raw_top_level` the file as it was written.
    """
    scope = Scope(report, environment, top_level)
    written = raw_top_level or {}
    raw = _without_dead_keys(report, raw)
    if "unsafe" in raw and "unsafe" not in written:
        report.experimental("unsafe")
    result: Table = {}
    for name, key in KEYS.items():
        value = raw.get(name, MISSING)
        if key.inherited or value is not MISSING:
            key.check(scope, name, value)
        elif name in written:
            _warn_about_absence(report, name, f"env.{environment}")
        if name == "routes":
            check_route_conflicts(scope, raw)
        value = _effective(name, key, value, scope)
        if value is not MISSING and value is not None:
            result[name] = value
    if environment is not None:
        only_known(report, f"env.{environment}", raw, KEYS)
    return result


def _without_dead_keys(report: Report, raw: Table) -> Table:
    kept = dict(raw)
    if kept.pop("node_compat", MISSING) is not MISSING:
        report.error(_NODE_COMPAT)
    for key in ("route", "account_id"):
        if kept.get(key) == "":
            del kept[key]
            report.warning(
                f'The "{key}" field in your configuration is an empty string and will'
                f' be ignored.\nPlease remove the "{key}" field from your'
                " configuration."
            )
    return kept


def _effective(name: str, key: Key, value: Field, scope: Scope) -> Field:
    if name == "durable_objects" and value is not MISSING:
        bindings = member(value, "bindings")
        listed = [] if bindings is MISSING or bindings is None else bindings
        return {**members(value), "bindings": listed}
    if not key.inherited or (value is not MISSING and value is not None):
        return value
    above = (scope.top_level or {}).get(name, MISSING)
    if name == "name" and scope.environment is not None:
        return suffixed_name(above, scope.environment)
    return above


def suffixed_name(name: Field, environment: str) -> Field:
    """The name of an environment's Worker that has none of its own."""
    return f"{name}-{environment}" if isinstance(name, str) and name else MISSING


def _warn_about_absence(report: Report, name: str, environment: str) -> None:
    report.warning(
        f'"{name}" exists at the top level, but not on "{environment}".\n'
        f'This is not what you probably want, since "{name}" is not inherited'
        " by environments.\n"
        f'Please add "{name}" to "{environment}".'
    )
