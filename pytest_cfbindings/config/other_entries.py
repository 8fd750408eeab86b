"""Entries of the binding kinds that have no storage here."""

from .binding_containers import list_of
from .checks import has_text, only_known, remote_is_boolean
from .diagnostics import Report
from .entry_rules import Rule, entry_check, must_have, should_have
from .storage_bindings import must_have_text, not_an_object
from .values import (
    Value,
    is_object,
    json_text,
    member,
    members,
    type_name,
)

_ADDRESSES = 'bindings should, optionally, have a []string "{}" field'

check_vectorize = list_of(
    entry_check(
        "vectorize",
        should_have("binding"),
        must_have("index_name", "an"),
        known=("remote",),
    )
)
check_ai_search_namespaces = list_of(
    entry_check(
        "ai_search_namespaces",
        should_have("binding"),
        must_have("namespace", "a"),
        known=("remote",),
    )
)
check_ai_search = list_of(
    entry_check(
        "ai_search",
        should_have("binding"),
        must_have("instance_name", "an"),
        known=("remote",),
    )
)
check_agent_memory = list_of(
    entry_check(
        "agent_memory",
        should_have("binding"),
        must_have("namespace", "a"),
        known=("remote",),
    )
)
check_hyperdrive = list_of(
    entry_check(
        "hyperdrive",
        should_have("binding"),
        must_have("id", "a"),
        known=("localConnectionString", "remote"),
    )
)
check_vpc_services = list_of(
    entry_check(
        "vpc_services",
        should_have("binding"),
        must_have("service_id", "a"),
        remote=False,
        known=("remote",),
    )
)
check_analytics_engine = list_of(
    entry_check(
        "analytics_engine",
        should_have("binding"),
        Rule(
            "dataset",
            'bindings should, optionally, have a string "dataset" field',
            optional=True,
            may_be_empty=False,
        ),
        known=("remote",),
    )
)
check_mtls_certificates = list_of(
    entry_check(
        "mtls_certificates",
        should_have("binding"),
        should_have("certificate_id", may_be_empty=False),
        known=("remote",),
    )
)
check_secrets_store = list_of(
    entry_check(
        "secrets_store_secrets",
        must_have("binding"),
        must_have("store_id"),
        must_have("secret_name"),
        remote=False,
    )
)
check_artifacts = list_of(
    entry_check(
        "artifacts", must_have("binding"), must_have("namespace"), known=("remote",)
    )
)
check_hello_world = list_of(
    entry_check(
        "unsafe_hello_world",
        must_have("binding"),
        Rule(
            "enable_timer",
            'bindings must have a boolean "enable_timer" field',
            "boolean",
            optional=True,
        ),
        remote=False,
    )
)
check_flagship = list_of(
    entry_check(
        "flagship",
        must_have("binding"),
        Rule("app_id", 'bindings may have a string "app_id" field', optional=True),
        known=("remote",),
    )
)
check_worker_loaders = list_of(
    entry_check("worker_loader", must_have("binding"), remote=False)
)

_email = entry_check(
    "send_email",
    should_have("name"),
    Rule(
        "destination_address",
        'bindings should, optionally, have a string "destination_address" field',
        optional=True,
    ),
    *(
        Rule(key, _ADDRESSES.format(key), "object", optional=True)
        for key in ("allowed_destination_addresses", "allowed_sender_addresses")
    ),
    remote=False,
    known=("binding", "remote"),
)


def _check_email(report: Report, field: str, entry: Value) -> bool:
    passed = _email(report, field, entry)
    keys = members(entry) if is_object(entry) else {}
    if "destination_address" in keys and "allowed_destination_addresses" in keys:
        passed = report.error(
            f'"{field}" bindings should have either a "destination_address" or'
            ' "allowed_destination_addresses" field, but not both.'
        )
    if is_object(entry):
        passed &= remote_is_boolean(report, field, entry)
    return passed


def _check_vpc_network(report: Report, field: str, entry: Value) -> bool:
    if not is_object(entry):
        return not_an_object(report, "vpc_networks", entry)
    passed = must_have_text(report, field, entry, "binding")
    given = [key for key in ("tunnel_id", "network_id") if key in members(entry)]
    start = f'"{field}" bindings must have'
    if len(given) == 2:
        passed = report.error(
            f'{start} either a "tunnel_id" or "network_id", but not both.'
        )
    elif not given:
        passed = report.error(
            f'{start} either a "tunnel_id" or "network_id" field'
            f" but got {json_text(entry)}."
        )
    elif not has_text(entry, given[0]):
        passed = report.error(
            f'{start} a string "{given[0]}" field but got {json_text(entry)}.'
        )
    known = ("binding", "tunnel_id", "network_id", "remote")
    only_known(report, field, members(entry), known)
    return passed


def _check_rate_limit(report: Report, field: str, entry: Value) -> bool:
    if not is_object(entry):
        return not_an_object(report, "ratelimits", entry)
    passed = True
    for key in ("name", "namespace_id"):
        if not has_text(entry, key):
            passed = report.error(
                f'"{field}" bindings must have a string "{key}" field'
                f" but got {json_text(entry)}."
            )
    simple = member(entry, "simple")
    if is_object(simple):
        passed &= _check_simple_limit(report, field, simple)
    else:
        passed = report.error(
            f'"{field}" bindings must have a "simple" configuration object'
            f" but got {json_text(entry)}."
        )
    only_known(report, field, members(entry), ("name", "namespace_id", "simple"))
    return passed


def _check_simple_limit(report: Report, field: str, simple: Value) -> bool:
    passed = True
    if type_name(member(simple, "limit")) != "number":
        passed = report.error(
            f'"{field}" bindings "simple.limit" must be a number'
            f" but got {json_text(simple)}."
        )
    period = member(simple, "period")
    if type_name(period) != "number":
        passed = report.error(
            f'"{field}" bindings "simple.period" is required and must be a number'
            f" but got {json_text(simple)}."
        )
    elif period not in (10, 60):
        passed = report.error(
            f'"{field}" bindings "simple.period" must be either 10 or 60'
            f" but got {json_text(period)}."
        )
    only_known(report, f"{field}.simple", members(simple), ("limit", "period"))
    return passed


check_send_email = list_of(_check_email)
check_vpc_networks = list_of(_check_vpc_network)
check_ratelimits = list_of(_check_rate_limit)
