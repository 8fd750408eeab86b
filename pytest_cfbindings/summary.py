"""What the header and the warnings say of a session's configuration."""

import sys
from collections.abc import Iterator
from importlib.metadata import version

from .config import Config, Diagnostic
from .session import Session
from .time_zone import CAN_BE_SET
from .worker.compatibility import has_builtin_sdk, runtime_python

WORKERD = "2026-07-30"
"""The workerd whose measured behaviour the bindings follow."""


class WranglerWarning(UserWarning):
    """wrangler warns of something in the configuration."""


class CompatibilityWarning(UserWarning):
    """Production will run the Worker in another way than this process does."""


def header(session: Session) -> list[str]:
    """File, environment, bindings, what is followed, and what may surprise.

    Empty where there is no Worker, so that the user hears nothing of us.
    """
    loaded = session.configurations.loaded()
    if loaded.errors:
        return [f"{loaded.shown_path} has errors; the tests that ask for env show them"]
    if loaded.config is None or not session.configurations.active():
        return []
    config = loaded.config
    chosen = f" [{config.environment}]" if config.environment else ""
    first = (
        f"{config.path.name}{chosen} ({_bindings(config)})"
        f" {'on' if session.choice.on_workerd else 'like'} workerd {WORKERD},"
        f" SDK {version('workers-runtime-sdk')}"
    )
    notes = [note.message for note in loaded.notes]
    if not CAN_BE_SET:
        notes.append("dates are in the local time zone here; Workers run in UTC")
    return [first, *notes]


def warnings(session: Session) -> list[UserWarning]:
    """What wrangler warns of, and where production is unlike this process."""
    loaded = session.configurations.loaded()
    if loaded.config is None or not session.configurations.active():
        return []
    told = [f"{loaded.shown_path}: {_text(warning)}" for warning in loaded.warnings]
    return [
        *map(WranglerWarning, told),
        *map(CompatibilityWarning, _differences(loaded.config)),
    ]


def _differences(config: Config) -> Iterator[str]:
    if not config.is_python:
        return
    host, runtime = sys.version_info[:2], runtime_python(config)
    if host != runtime:
        yield (
            f"This is Python {host[0]}.{host[1]}, and the Worker runs on Python"
            f" {runtime[0]}.{runtime[1]}: code that asks for the version takes another"
            " branch there."
        )
    if has_builtin_sdk(config):
        yield (
            f"With the compatibility date {config.compatibility_date} and no SDK in"
            " python_modules, production hands out raw bindings; here they are wrapped"
            " by the SDK, as they are once `pywrangler sync` has vendored it."
        )


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
