"""The type of a project's own `env`, as text of a module."""

from .config import Config, Json

_MODULE = '''\
"""The bindings of {file}, for annotations.

Made by `python -m pytest_cfbindings types`: run it again when they change.
"""

from __future__ import annotations

{imports}


class Env(Protocol):
{attributes}
'''

_OTHER_TYPES = {"assets": "Fetcher", "ratelimits": "RateLimit", "services": "Fetcher"}


def module_of(config: Config) -> str:
    """A module with a Protocol `Env`: an attribute for each binding, var and secret.

    It can be deployed with the Worker, where this package is not. Kinds that have no
    type here, and vars that are arrays or objects, are `Any`.
    """
    types = _types(config)
    used = {kind for kind, _ in types.values()}
    lines = [
        f"    {name}: {kind}" + (f"  # {remark}" if remark else "")
        for name, (kind, remark) in types.items()
        if name.isidentifier()
    ]
    environment = f" [{config.environment}]" if config.environment else ""
    return _MODULE.format(
        file=f"{config.path.name}{environment}",
        imports=_imports(used),
        attributes="\n".join(lines) or "    pass",
    )


def _types(config: Config) -> dict[str, tuple[str, str]]:
    """Type and remark by name."""
    return {
        **{name: _type_of(value) for name, value in config.vars.items()},
        **{kv.binding: ("KVNamespace", "") for kv in config.kv_namespaces},
        **{d1.binding: ("D1Database", "") for d1 in config.d1_databases},
        **{r2.binding: ("R2Bucket", "") for r2 in config.r2_buckets},
        **{
            do.binding: ("DurableObjectNamespace", do.class_name)
            for do in config.durable_objects
        },
        **{
            other.name: (_OTHER_TYPES.get(other.key, "Any"), other.kind)
            for other in config.other_bindings
        },
        **{queue.binding: ("Queue", queue.queue) for queue in config.queue_producers},
    }


def _type_of(value: Json) -> tuple[str, str]:
    if isinstance(value, str | bool | int | float):
        return type(value).__name__, ""
    return "Any", "JSON"


def _imports(used: set[str]) -> str:
    names = sorted(used - {"Any", "bool", "float", "int", "str"})
    standard = ["Any"] * ("Any" in used) + ["Protocol"]
    if not names:
        return f"from typing import {', '.join(standard)}"
    line = f"    from pytest_cfbindings.typing import {', '.join(names)}"
    if len(line) > 88:
        listed = "".join(f"        {name},\n" for name in names)
        line = f"    from pytest_cfbindings.typing import (\n{listed}    )"
    return (
        f"from typing import {', '.join(['TYPE_CHECKING', *standard])}\n\n"
        f"if TYPE_CHECKING:\n{line}"
    )
