"""Why `env` has no binding of a name, in terms of the Wrangler file."""

import difflib

from ..config import Config


def explain(config: Config, name: str) -> str:
    """What the file has instead, and what to do about it."""
    where = config.path.name
    if config.environment is not None:
        where += f", environment {config.environment!r},"
    if name in config.not_inherited:
        key = config.not_inherited[name]
        return (
            f"{where} has no binding {name}: it stands under {key!r} at the top level,"
            f" and {key!r} is not inherited by env.{config.environment}."
            f" Repeat it under [env.{config.environment}]."
        )
    names = _names(config)
    near = difflib.get_close_matches(name, names, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    listed = ", ".join(names) or "none at all"
    return f"{where} configures no binding {name}; it has {listed}.{hint}"


def _names(config: Config) -> list[str]:
    return [
        *(kv.binding for kv in config.kv_namespaces),
        *(d1.binding for d1 in config.d1_databases),
        *(r2.binding for r2 in config.r2_buckets),
        *(durable.binding for durable in config.durable_objects),
        *(other.name for other in config.other_bindings),
        *config.vars,
    ]
