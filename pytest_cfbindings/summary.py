"""What the header and the warnings say of a session's configuration."""

from importlib.metadata import version

from .config import Config, Diagnostic
from .session import Session

WORKERD = "2026-07-30"
"""The workerd whose measured behaviour the bindings follow."""


def header(session: Session) -> list[str]:
    """File, environment, bindings, what is followed, and what may surprise.

    Empty where there is no Worker, so that the user hears nothing of us.
    """
    loaded = session.loaded()
    if loaded.errors:
        return [f"{loaded.shown_path} has errors; the tests that ask for env show them"]
    if loaded.config is None or not session.active():
        return []
    config = loaded.config
    chosen = f" [{config.environment}]" if config.environment else ""
    first = (
        f"{config.path.name}{chosen} ({_bindings(config)})"
        f" like workerd {WORKERD}, SDK {version('workers-runtime-sdk')}"
    )
    return [first, *(note.message for note in loaded.notes)]


def warnings(session: Session) -> list[str]:
    """What wrangler warns of in the configuration that is active."""
    loaded = session.loaded()
    if not session.active():
        return []
    return [f"{loaded.shown_path}: {_text(warning)}" for warning in loaded.warnings]


def _text(warning: Diagnostic) -> str:
    hint = f" ({warning.hint})" if warning.hint else ""
    return warning.message.rstrip() + hint


def _bindings(config: Config) -> str:
    kinds = {
        "KV": [binding.binding for binding in config.kv_namespaces],
        "D1": [binding.binding for binding in config.d1_databases],
        "R2": [binding.binding for binding in config.r2_buckets],
        "DO": [binding.binding for binding in config.durable_objects],
    }
    for other in config.other_bindings:
        kinds.setdefault(other.kind, []).append(other.name)
    listed = [f"{kind}: {', '.join(names)}" for kind, names in kinds.items() if names]
    return "; ".join(listed) or "no bindings"
