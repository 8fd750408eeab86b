"""What becomes of one file: read, checked, selected, and made a configuration."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .advice import advise
from .assembly import assemble
from .class_migrations import ImpossibleMigration, storage_kinds
from .diagnostics import Diagnostic
from .discovery import shown
from .model import Loaded, StorageKind
from .reading import read
from .secret_files import Secrets, UnusableSecrets, load_secrets
from .selection import Selected, select
from .values import MISSING, Value, json_text, member, members

_QUIET = "WRANGLER_DISABLE_EXPERIMENTAL_WARNING"


@dataclass(frozen=True, slots=True)
class Request:
    """Which file to read and how. `written` is the path as the user wrote it."""

    file: Path
    written: str | None
    cwd: Path
    env: str | None
    environ: Mapping[str, str] = field(repr=False)

    @property
    def name(self) -> str:
        return shown(self.file, self.cwd)


def outcome(request: Request) -> Loaded:
    """What there is to say about the file, and its configuration if it is right."""
    file, name, environ = request.file, request.name, request.environ
    content = read(file, request.written or name)
    problem = content.problem or _wrong_root(name, content.value)
    if problem is not None:
        return Loaded(path=file, errors=(problem,), shown_path=name)
    chosen = environ.get("CLOUDFLARE_ENV") if request.env is None else request.env
    selected = select(content.value, file, name, chosen or None, _QUIET in environ)
    return _finished(selected, request)


def _wrong_root(name: str, value: Value) -> Diagnostic | None:
    if isinstance(value, dict | list):
        return None
    # wrangler itself crashes on these.
    return Diagnostic(
        f"{name} should hold an object with the configuration,"
        f" but it holds {json_text(value)}."
    )


def _finished(selected: Selected, request: Request) -> Loaded:
    file, name = request.file, request.name
    errors, warnings = selected.report.errors, selected.report.warnings
    if errors:
        return Loaded(file, None, errors, warnings, (), name)
    try:
        classes = _classes(selected)
        secrets = _secrets(selected, request)
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


def _secrets(selected: Selected, request: Request) -> Secrets:
    table = selected.active.get("secrets", MISSING)
    names = member(table, "required")
    listed = [str(name) for name in names] if isinstance(names, list) else []
    loaded = load_secrets(
        request.file.parent,
        cwd=request.cwd,
        env=request.env,
        environ=request.environ,
        with_process=table is not MISSING,
    )
    if table is MISSING:
        return loaded
    return loaded.limited_to(members(selected.active.get("vars", MISSING)), listed)
