"""A file checked as a whole, and the one of its environments that was asked for."""

from dataclasses import dataclass
from pathlib import Path

from .checks import only_known
from .container_links import check_links
from .diagnostics import Report
from .durable_object_exports import check_workflow_names, names_durable_objects
from .durable_objects import has_migrations, warn_about_undeclared
from .environments import KEYS, check_environment, suffixed_name
from .file_level import check_development, check_file_fields, file_modules
from .known_keys import COMPUTED, TOP_LEVEL_ONLY
from .names import check_names
from .values import MISSING, Field, Table, Value, is_object, json_text, member, members

PYTHON_FLAG = "python_workers"


@dataclass(frozen=True, slots=True)
class Selected:
    """What checking a file yields.

    `active` is the environment in use with what it inherits, `environment` its name.
    """

    report: Report
    raw: Table
    top_level: Table
    active: Table
    environment: str | None


def select(
    value: Value, file: Path, name: str, environment: str | None, quiet: bool
) -> Selected:
    """Check the file's table and its environment of that name (None: the top level).

    `name` is the file as messages call it. `quiet` leaves out the warnings about
    experimental fields.
    """
    report = Report(f"Processing {name} configuration:", quiet=quiet)
    raw = members(value)
    kept = check_file_fields(report, raw)
    kept.pop("node_compat", None)
    top_level = _checked(report, raw, file)
    active = top_level
    if environment is not None:
        active = _environment(report, raw, top_level, file, environment)
    check_development(report, raw, active.get("main"))
    pages = {"pages_build_output_dir": raw.get("pages_build_output_dir")}
    check_names(report, {**active, **pages, **file_modules(raw)})
    only_known(report, "top-level", kept, (*KEYS, *TOP_LEVEL_ONLY, *COMPUTED))
    _check_python(report, active)
    return Selected(report, raw, top_level, active, environment)


def configuration_name(file: Path) -> str:
    """What wrangler calls a configuration in advice, whatever the file's real name."""
    for ending in ("toml", "jsonc", "json"):
        if file.name.endswith(ending):
            return f"wrangler.{ending}"
    return "Wrangler configuration"


def _checked(
    report: Report,
    raw: Table,
    file: Path,
    environment: str | None = None,
    top_level: Table | None = None,
    raw_top_level: Table | None = None,
) -> Table:
    result = check_environment(
        report,
        raw,
        environment=environment,
        top_level=top_level,
        raw_top_level=raw_top_level,
    )
    file_name = configuration_name(file)
    is_toml = file.name.endswith("toml")
    warn_about_undeclared(report, result, file_name, as_toml=is_toml)
    exports = result.get("exports", MISSING)
    written = [raw_top_level] if raw_top_level else _environment_tables(raw)
    elsewhere = any("containers" in members(table) for table in written)
    if has_migrations(result) and names_durable_objects(exports):
        report.error(
            "`migrations` and `exports` are mutually exclusive. Choose one or the other"
            " to declare your Durable Object lifecycle, but not both."
        )
    check_workflow_names(report, exports)
    check_links(report, result.get("containers", MISSING), exports, elsewhere)
    return result


def _environment_tables(raw: Table) -> list[Value]:
    return list(members(raw.get("env", MISSING)).values())


def _environment(
    report: Report, raw: Table, top_level: Table, file: Path, name: str
) -> Table:
    environments = raw.get("env", MISSING)
    found = member(environments, name)
    if found is not MISSING:
        below = report.child(f'"env.{name}" environment configuration')
        if not isinstance(found, dict | list):
            # wrangler itself crashes here.
            below.error(f'"env.{name}" should be an object but got {json_text(found)}.')
            return top_level
        return _checked(below, members(found), file, name, top_level, raw)
    if raw.get("pages_build_output_dir", MISSING) is not MISSING:
        return top_level
    _report_unknown(report, environments, name, configuration_name(file))
    inherited = dict(top_level)
    suffixed = suffixed_name(inherited.pop("name", MISSING), name)
    return inherited if suffixed is MISSING else {**inherited, "name": suffixed}


def _report_unknown(
    report: Report, environments: Field, name: str, file_name: str
) -> None:
    exist = is_object(environments) or bool(
        environments if environments is not MISSING else None
    )
    available = ""
    if exist:
        names = json_text(list(members(environments)))
        available = f"The available configured environment names are: {names}\n"
    message = (
        f'No environment found in configuration with name "{name}".\n'
        f"Before using `--env={name}` there should be an equivalent environment section"
        f" in the configuration.\n{available}\n"
        "Consider adding an environment configuration section to the"
        f" {file_name} file:\n```\n[env.{name}]\n```\n"
    )
    if exist:
        report.error(message)
    else:
        report.warning(message)


def _check_python(report: Report, active: Table) -> None:
    main, flags = active.get("main"), active.get("compatibility_flags", [])
    is_python = isinstance(main, str) and main.endswith(".py")
    if is_python and isinstance(flags, list | str) and PYTHON_FLAG not in flags:
        report.error(
            f"The `{PYTHON_FLAG}` compatibility flag is required to use Python.",
            f'Add it to the file: compatibility_flags = ["{PYTHON_FLAG}"]',
        )
