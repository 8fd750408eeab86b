"""What only the top level of a file has: `legacy_env`, `dev`, `site` and the like."""

from pathlib import PurePosixPath

from .checks import choice, is_type, only_known, optional_typed_array, required
from .diagnostics import Report
from .values import (
    MISSING,
    Field,
    Table,
    Value,
    is_object,
    member,
    members,
    template_text,
    type_name,
)

_LEGACY_ENV = (
    'The "legacy_env" field is no longer supported, so please remove it from your'
    " configuration file.\n"
    "Service environments have been removed, and each environment is now deployed as"
    ' its own Worker named "<name>-<environment>". This matches the behaviour of'
    ' "legacy_env = true", which was the default, so removing the field will not'
    " change how your Worker is deployed.\n"
    "Refer to https://developers.cloudflare.com/workers/wrangler/environments/"
    " for more information."
)
_DEV_TYPES = {
    "ip": "string",
    "port": "number",
    "inspector_port": "number",
    "inspector_ip": "string",
    "local_protocol": "protocol",
    "upstream_protocol": "protocol",
    "host": "string",
    "enable_containers": "boolean",
    "container_engine": "string",
    "generate_types": "boolean",
}
FILE_MODULES = ("wasm_modules", "text_blobs", "data_blobs")


def file_modules(raw: Table) -> Table:
    """The bindings that are files, of the service-worker format, by their kind."""
    return {
        kind: {
            name: path
            for name, path in members(raw[kind]).items()
            if isinstance(path, str)
        }
        for kind in FILE_MODULES
        if kind in raw
    }


def check_file_fields(report: Report, raw: Table) -> Table:
    """Check what comes before the environments; returns what is left to look at."""
    kept = dict(raw)
    if kept.pop("legacy_env", MISSING) is not MISSING:
        report.error(_LEGACY_ENV)
    _typed(report, raw, "send_metrics", "boolean")
    _check_instrumentation(report, raw)
    _typed(report, raw, "keep_vars", "boolean")
    addresses = raw.get("addresses", MISSING)
    optional_typed_array(report, "addresses", addresses, "string")
    _typed(report, raw, "pages_build_output_dir", "string")
    _typed(report, raw, "$schema", "string")
    return kept


def check_development(report: Report, raw: Table, main: Value) -> None:
    """Check what comes after the environments."""
    _check_dev(report, raw.get("dev", MISSING))
    _check_site(report, raw, main)
    _check_alias(report, raw)
    for key in FILE_MODULES:
        for name, path in members(raw.get(key, MISSING)).items():
            is_type(report, f"{key}['{name}']", path, "string")


def _typed(report: Report, raw: Table, key: str, expected: str) -> None:
    is_type(report, key, raw.get(key, MISSING), expected)


def _check_instrumentation(report: Report, raw: Table) -> None:
    field = "dependencies_instrumentation"
    value = raw.get(field, MISSING)
    if not is_type(report, field, value, "object") or not is_object(value):
        return
    is_type(report, f"{field}.enabled", member(value, "enabled"), "boolean")
    excluded = member(value, "exclude_packages")
    optional_typed_array(report, f"{field}.exclude_packages", excluded, "string")
    only_known(report, field, members(value), ("enabled", "exclude_packages"))


def _check_dev(report: Report, dev: Field) -> None:
    only_known(report, "dev", members(dev), _DEV_TYPES)
    local = member(dev, "local_protocol")
    for key, expected in _DEV_TYPES.items():
        value = members(dev).get(key, local if key == "upstream_protocol" else MISSING)
        if expected == "protocol":
            choice(report, f"dev.{key}", value, ("http", "https"))
        else:
            is_type(report, f"dev.{key}", value, expected)


def _check_alias(report: Report, raw: Table) -> None:
    alias = raw.get("alias", MISSING)
    if alias is MISSING:
        return
    if not is_object(alias):
        report.error(f"Expected alias to be an object, but got {type_name(alias)}")
    for name, target in members(alias).items() if is_object(alias) else ():
        if not isinstance(target, str):
            report.error(
                f'Expected alias["{name}"] to be a string, but got {type_name(target)}'
            )


def _check_site(report: Report, raw: Table, main: Value) -> None:
    site = raw.get("site", MISSING)
    if site is MISSING:
        return
    known = ("bucket", "include", "exclude", "entry-point")
    only_known(report, "site", members(site), known)
    required(report, "site", "bucket", member(site, "bucket"), "string")
    for key in ("include", "exclude"):
        paths = member(site, key)
        optional_typed_array(report, f"sites.{key}", paths, "string")
    entry = member(site, "entry-point")
    is_type(report, "site.entry-point", entry, "string")
    if entry is not MISSING:
        _warn_about_entry_point(report, template_text(entry))
    if not main and not (entry is not MISSING and entry):
        report.warning(
            "Because you've defined a [site] configuration, we're defaulting to"
            ' "workers-site" for the deprecated `site.entry-point`field.\n'
            "Add the top level `main` field to your configuration file:\n"
            '```\nmain = "workers-site/index.js"\n```'
        )
    elif main and entry is not MISSING and entry:
        report.error(
            "Don't define both the `main` and `site.entry-point` fields in your"
            " configuration.\n"
            "They serve the same purpose: to point to the entry-point of your"
            " worker.\n"
            "Delete the deprecated `site.entry-point` field from your config."
        )


def _warn_about_entry_point(report: Report, entry: str) -> None:
    path = PurePosixPath(entry or "workers-site")
    target = path if path.suffix else path / "index.js"
    report.warning(
        'Deprecation: "site.entry-point":\n'
        "Delete the `site.entry-point` field, then add the top level `main` field"
        " to your configuration file:\n"
        f'```\nmain = "{target}"\n```'
    )
