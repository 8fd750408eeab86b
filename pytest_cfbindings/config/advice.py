"""What we tell people about a configuration beyond what wrangler says."""

from collections.abc import Iterator

from .diagnostics import Diagnostic
from .discovery import is_file
from .model import Config


def advise(config: Config) -> Iterator[Diagnostic]:
    """Notes about a configuration that is right, but may surprise."""
    name = config.path.name
    if config.compatibility_date is None:
        yield Diagnostic(
            f"{name} has no compatibility_date: the newest behaviour is assumed,"
            " and a deployment would be refused."
        )
    if remote := _remote_bindings(config):
        yield Diagnostic(
            f"remote = true is ignored for {', '.join(remote)}: tests stay local."
        )
    if beside := _file_of_pywrangler(config):
        yield Diagnostic(
            f"{beside} stands beside {name}, which wrangler and these tests read;"
            " pywrangler prefers wrangler.toml and does not know wrangler.json."
        )
    for database in config.d1_databases:
        if database.migrations.problem:
            yield Diagnostic(database.migrations.problem)


def _remote_bindings(config: Config) -> list[str]:
    return [
        *(kv.binding for kv in config.kv_namespaces if kv.remote),
        *(d1.binding for d1 in config.d1_databases if d1.remote),
        *(r2.binding for r2 in config.r2_buckets if r2.remote),
    ]


def _file_of_pywrangler(config: Config) -> str | None:
    for name in ("wrangler.toml", "wrangler.jsonc"):
        if config.path.name != name and is_file(config.folder / name):
            return name
    return None
