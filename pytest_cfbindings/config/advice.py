"""What we tell people about a configuration beyond what wrangler says."""

from collections.abc import Iterator

from .diagnostics import Diagnostic
from .model import Config


def advise(config: Config) -> Iterator[Diagnostic]:
    """Notes about a configuration that is right, but may surprise."""
    if config.compatibility_date is None:
        yield Diagnostic(
            f"{config.path.name} has no compatibility_date: the newest behaviour is"
            " assumed, and a deployment would be refused."
        )
    remote = [
        *(kv.binding for kv in config.kv_namespaces if kv.remote),
        *(d1.binding for d1 in config.d1_databases if d1.remote),
        *(r2.binding for r2 in config.r2_buckets if r2.remote),
    ]
    if remote:
        yield Diagnostic(
            f"remote = true is ignored for {', '.join(remote)}: tests stay local."
        )
    for name in ("wrangler.toml", "wrangler.jsonc"):
        if config.path.name != name and (config.folder / name).is_file():
            yield Diagnostic(
                f"{config.folder / name} stands beside {config.path.name}, which"
                " wrangler and these tests read; pywrangler prefers wrangler.toml and"
                " does not know wrangler.json."
            )
            return
    for database in config.d1_databases:
        if database.migrations.problem:
            yield Diagnostic(database.migrations.problem)
