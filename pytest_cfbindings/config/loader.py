"""The one way in: a path and an environment become a configuration or diagnostics."""

from collections.abc import Mapping
from pathlib import Path

from .advice import advise
from .assembly import assemble
from .class_migrations import ImpossibleMigration, storage_kinds
from .diagnostics import Diagnostic
from .discovery import absolute, find, shown
from .model import Loaded, StorageKind
from .reading import read
from .secret_files import Secrets, UnusableSecrets, load_secrets
from .selection import Selected, select
from .values import MISSING, Value, json_text, member, members


def load(
    path: Path | None,
    *,
    cwd: Path,
    env: str | None = None,
    environ: Mapping[str, str],
) -> Loaded:
    """Read a configuration and one of its environments; never raises.

    `path` is relative to `cwd`; None looks for the file as wrangler does. `env` None
    means `CLOUDFLARE_ENV` from `environ`, and without that the top level, which `""`
    asks for. `environ` is the only source of environment variables.
    """
    file = find(cwd) if path is None else absolute(path, absolute(cwd))
    if file is None:
        return Loaded()
    name = shown(file, cwd)
    content = read(file, name if path is None else str(path))
    problem = content.problem or _wrong_root(name, content.value)
    if problem is not None:
        return Loaded(path=file, errors=(problem,), shown_path=name)
    chosen = environ.get("CLOUDFLARE_ENV") if env is None else env
    selected = select(
        content.value, file, name, chosen or None, environ.get(_QUIET) is not None
    )
    return _finished(selected, file, name, cwd=cwd, env=env, environ=environ)


_QUIET = "WRANGLER_DISABLE_EXPERIMENTAL_WARNING"


def _wrong_root(name: str, value: Value) -> Diagnostic | None:
    if isinstance(value, dict | list):
        return None
    # wrangler itself crashes on these.
    return Diagnostic(
        f"{name} should hold an object with the configuration,"
        f" but it holds {json_text(value)}."
    )


def _finished(
    selected: Selected,
    file: Path,
    name: str,
    *,
    cwd: Path,
    env: str | None,
    environ: Mapping[str, str],
) -> Loaded:
    errors, warnings = selected.report.errors, selected.report.warnings
    if errors:
        return Loaded(file, None, errors, warnings, (), name)
    try:
        classes = _classes(selected)
        secrets = _secrets(selected, file, cwd, env, environ)
    except (ImpossibleMigration, UnusableSecrets) as problem:
        error = Diagnostic(str(problem), selected.report.at)
        return Loaded(file, None, (error,), warnings, (), name)
    config = assemble(selected, file, classes, secrets.values)
    notes = (*secrets.notes, *advise(config))
    return Loaded(file, config, (), warnings, notes, name)


def _classes(selected: Selected) -> dict[str, StorageKind]:
    active = selected.active
    return storage_kinds(
        active.get("migrations", MISSING), active.get("exports", MISSING)
    )


def _secrets(
    selected: Selected,
    file: Path,
    cwd: Path,
    env: str | None,
    environ: Mapping[str, str],
) -> Secrets:
    table = selected.active.get("secrets", MISSING)
    names = member(table, "required")
    listed = [str(name) for name in names] if isinstance(names, list) else []
    return load_secrets(
        file.parent,
        cwd=cwd,
        env=env,
        environ=environ,
        var_names=list(members(selected.active.get("vars", MISSING))),
        required=None if table is MISSING else listed,
    )
