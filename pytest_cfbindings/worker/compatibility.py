"""Compatibility flags: which are on, by date or by name."""

from ..config import Config

# The flags that Python code can read, with the date from which each is on by itself
# (workerd, 2026-11-17 build); None: only when it is named.
_PYTHON_FLAGS: dict[str, str | None] = {
    "python_workers": None,
    "python_workers_20250116": "2025-09-29",
    "python_workers_20260610": None,
    "python_workers_314": "2026-09-08",
    "python_workers_force_new_vendor_path": "2025-08-11",
    "python_no_global_handlers": "2025-08-14",
    "python_workflows": "2025-09-20",
    "python_request_headers_preserve_commas": "2026-02-17",
    "python_workflows_implicit_dependencies": "2026-02-25",
    "enable_python_external_sdk": "2026-04-21",
    "python_process_pth_files": "2026-05-26",
}

_OFF = ("no_", "disable_")

DEFAULT_DATE = "2026-11-17"
"""What wrangler 4.164 takes for a missing `compatibility_date` in local development."""


def enabled_flags(config: Config) -> frozenset[str]:
    """The Python flags that are on for a configuration."""
    return frozenset(
        flag for flag, since in _PYTHON_FLAGS.items() if is_enabled(config, flag, since)
    )


def has_global_handlers(config: Config) -> bool:
    """Whether functions such as `on_fetch` are handlers, as before classes were."""
    return "python_no_global_handlers" not in enabled_flags(config)


def is_enabled(config: Config, flag: str, since: str | None) -> bool:
    """Whether a flag is on: named, or by itself from the date `since`."""
    named = set(config.compatibility_flags)
    date = config.compatibility_date or DEFAULT_DATE
    on = flag in named or (since is not None and since <= date)
    return on and not _is_off(flag, named)


def _is_off(flag: str, named: set[str]) -> bool:
    bare = flag.removeprefix("enable_")
    return any(prefix + bare in named for prefix in _OFF)


def delete_all_deletes_alarm(config: Config) -> bool:
    """Whether a Durable Object's deleteAll takes its alarm along (documented)."""
    return is_on(
        config,
        "2026-02-24",
        "delete_all_deletes_alarm",
        unless="delete_all_preserves_alarm",
    )


def is_on(config: Config, since: str, flag: str, unless: str) -> bool:
    """Whether a flag is on, by date or by name."""
    if unless in config.compatibility_flags:
        return False
    date = config.compatibility_date or DEFAULT_DATE
    return flag in config.compatibility_flags or date >= since


def runtime_python(config: Config) -> tuple[int, int]:
    """The Python that workerd runs the Worker on."""
    on = enabled_flags(config)
    if on & {"python_workers_314", "python_workers_20260610"}:
        return 3, 14
    return (3, 13) if "python_workers_20250116" in on else (3, 12)


def awaits_end_turns(config: Config) -> bool:
    """Whether each `await` of a Durable Object's code ends its turn.

    It does not on Pyodide 0.28.2 and 314.0.5 (measured on workerd). Python 3.12 runs on
    an older one, which could not be asked, and before 2025-08-15 Workers have no
    MessageChannel, by which Pyodide resumes: both get the strict answer.
    """
    date = config.compatibility_date or DEFAULT_DATE
    return runtime_python(config) < (3, 13) or date < "2025-08-15"


def copies_errors_whole(config: Config) -> bool:
    """Whether copies of errors keep names and properties, over RPC too (documented)."""
    return is_on(
        config,
        "2026-04-21",
        "enhanced_error_serialization",
        unless="legacy_error_serialization",
    )


def has_builtin_sdk(config: Config) -> bool:
    """Whether production runs the Worker with workerd's own copy of the SDK.

    That copy wraps nothing: bindings are raw there. One in `python_modules` comes
    first whatever the date says, and `pywrangler sync` always puts one there.
    """
    vendored = config.path.parent / "python_modules" / "workers"
    return "enable_python_external_sdk" not in enabled_flags(config) and not (
        vendored.is_dir()
    )
