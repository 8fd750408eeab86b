"""Bindings to other Workers: services and dispatch namespaces."""

from .binding_containers import list_of
from .checks import has_text, remote_is_boolean, required
from .diagnostics import Report
from .entry_rules import entry_check, should_have
from .values import (
    MISSING,
    Table,
    Value,
    is_object,
    is_record,
    json_text,
    member,
    members,
)

_service = entry_check(
    "services",
    should_have("binding"),
    should_have("service"),
    should_have("environment", optional=True),
    should_have("entrypoint", optional=True),
    remote=False,
    known=None,
)


def _check_service(report: Report, field: str, entry: Value) -> bool:
    passed = _service(report, field, entry)
    if not is_object(entry):
        return passed
    if member(entry, "dev") is not MISSING:
        passed &= _check_plugin(report, field, entry)
    return remote_is_boolean(report, field, entry) and passed


def _check_plugin(report: Report, field: str, entry: Value) -> bool:
    dev = member(entry, "dev")
    if is_record(dev):
        passed = _check_service_dev(report, f"{field}.dev", members(dev))
    else:
        passed = report.error(
            f'"{field}" bindings should have an object "dev" field'
            f" but got {json_text(dev)}."
        )
    if member(entry, "remote") is True:
        report.warning(
            f'"{field}" binding has both "dev" and "remote" set; "remote" is ignored'
            ' when "dev" is present and the binding is routed through the local'
            " Miniflare plugin."
        )
    return passed


def _check_service_dev(report: Report, field: str, dev: Table) -> bool:
    passed = True
    plugin = dev.get("plugin", MISSING)
    if not is_record(plugin):
        passed = report.error(
            f'"{field}" should have an object "plugin" field'
            f" but got {json_text(plugin)}."
        )
    else:
        for key in ("package", "name"):
            if not isinstance(member(plugin, key), str):
                passed = report.error(
                    f'"{field}.plugin" should have a string "{key}" field'
                    f" but got {json_text(member(plugin, key))}."
                )
    options = dev.get("options", MISSING)
    if options is not MISSING and not is_record(options):
        passed = report.error(
            f'"{field}.options" should be an object but got {json_text(options)}.'
        )
    return passed


def _check_dispatch(report: Report, field: str, entry: Value) -> bool:
    if not is_object(entry):
        return report.error(
            f'"{field}" binding should be objects, but got {json_text(entry)}'
        )
    passed = has_text(entry, "binding") or report.error(
        f'"{field}" should have a string "binding" field but got {json_text(entry)}.'
    )
    namespace = member(entry, "namespace")
    if namespace is not MISSING and not isinstance(namespace, str):
        passed = report.error(
            f'"{field}" should optionally have a string "namespace" field'
            f" but got {json_text(entry)}."
        )
    if "outbound" in members(entry):
        passed &= _check_outbound(report, field, members(entry)["outbound"])
    return remote_is_boolean(report, field, entry) and passed


def _check_outbound(report: Report, field: str, outbound: Value) -> bool:
    path = f"{field}.outbound"
    if outbound is not None and not is_object(outbound):
        report.error(f'"{path}" should be an object, but got {json_text(outbound)}')
    elif _is_outbound(report, path, outbound):
        return True
    return report.error(f'"{field}" has an invalid outbound definition.')


def _is_outbound(report: Report, path: str, outbound: Value) -> bool:
    if not required(report, path, "service", member(outbound, "service"), "string"):
        return False
    environment = member(outbound, "environment")
    if environment is not MISSING and not required(
        report, path, "environment", environment, "string"
    ):
        return False
    parameters = member(outbound, "parameters")
    if parameters is MISSING:
        return True
    if not isinstance(parameters, list):
        return report.error(
            f'Expected "{path}.parameters" to be an array of strings'
            f" but got {json_text(parameters)}"
        )
    return all(
        required(report, f"{path}.parameters", f"[{index}]", item, "string")
        for index, item in enumerate(parameters)
    )


check_services = list_of(_check_service)
check_dispatch_namespaces = list_of(_check_dispatch)
