"""Which secrets lie over the vars: `.dev.vars`, else `.env` and its relatives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .diagnostics import Diagnostic
from .discovery import shown
from .dotenv import expand, parse_dotenv
from .values import json_text


class UnusableSecrets(Exception):
    """The secrets cannot be read; the text is wrangler's."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """Secret values by name (never in a repr), and what wrangler would log."""

    values: Mapping[str, str]
    notes: tuple[Diagnostic, ...] = ()

    def __repr__(self) -> str:
        return f"<Secrets: {len(self.values)} values>"

    def limited_to(self, var_names: Iterable[str], required: list[str]) -> "Secrets":
        """What `secrets.required` lets through: those names, and those of vars."""
        allowed = {*var_names, *required}
        values = {name: v for name, v in self.values.items() if name in allowed}
        missing = [name for name in required if name not in self.values]
        if not missing:
            return Secrets(values, self.notes)
        warning = Diagnostic(
            f"Missing required secrets: {', '.join(missing)}. Add them to"
            " .dev.vars, .env, or set as environment variables."
        )
        return Secrets(values, (*self.notes, warning))


def load_secrets(
    folder: Path,
    *,
    cwd: Path,
    env: str | None,
    environ: Mapping[str, str],
    with_process: bool = False,
) -> Secrets:
    """The secrets of local development, for the configuration in `folder`.

    `env` is what was asked for by option: `CLOUDFLARE_ENV` selects no file (wrangler
    4.164, measured). `with_process` lets all of `environ` join what `.env` files say.
    Raises `UnusableSecrets`.
    """
    found = _dev_vars(folder, cwd, env)
    if found is not None:
        return found
    if not _flag(environ, "CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV", True):
        return Secrets({})
    joins = with_process or _flag(environ, "CLOUDFLARE_INCLUDE_PROCESS_ENV", False)
    return _dot_env(folder, cwd, env, environ if joins else None)


def _dev_vars(folder: Path, cwd: Path, env: str | None) -> Secrets | None:
    names = [".dev.vars"] if env is None else [f".dev.vars.{env}", ".dev.vars"]
    for name in names:
        path = folder / name
        try:
            text = _text(path)
        except (OSError, ValueError):
            raise UnusableSecrets(
                "Failed to load local dev variables file"
                f" {json_text(shown(path, cwd))}:"
            ) from None
        if text is not None:
            return Secrets(parse_dotenv(text), (_using(shown(path, cwd)),))
    return None


def _dot_env(
    folder: Path, cwd: Path, env: str | None, environ: Mapping[str, str] | None
) -> Secrets:
    names = [".env", ".env.local"]
    if env is not None:
        names += [f".env.{env}", f".env.{env}.local"]
    values: dict[str, str] = {}
    notes: list[Diagnostic] = []
    for name in names:
        path = folder / name
        try:
            text = _text(path)
        except (OSError, ValueError):
            # wrangler passes over an .env file that it cannot read.
            continue
        if text is not None:
            values |= parse_dotenv(text)
            notes.append(_using(shown(path, cwd)))
    if environ is not None:
        notes.append(_using("process.env"))
    return Secrets(expand(values, dict(environ or {})), tuple(notes))


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return None


def _using(name: str) -> Diagnostic:
    return Diagnostic(f"Using secrets defined in {name}")


def _flag(environ: Mapping[str, str], name: str, default: bool) -> bool:
    if name not in environ:
        return default
    value = environ[name].lower()
    if value in ("true", "false"):
        return value == "true"
    raise UnusableSecrets(
        f'Expected {name} to be "true" or "false", but got {json_text(environ[name])}'
    )
