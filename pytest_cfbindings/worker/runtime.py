"""What lives as long as the test session: one global object, one `env`, one clock."""

from collections.abc import Callable
from typing import Any

from ..clock import Clock
from ..config import Config
from ..ffi.modules import build
from ..javascript.global_object import new_global
from ..javascript.objects import JsObject, PropertyKey
from ..javascript.values import missing
from ..web.global_classes import add_web_classes
from .compatibility import enabled_flags
from .environment import Environment

Describe = Callable[[str], str]


class EnvObject(JsObject):
    """The `env` of JavaScript: its properties are the active environment's bindings."""

    __slots__ = ("explain",)

    def __init__(self, explain: Describe) -> None:
        super().__init__()
        self.explain = explain
        """Says why there is no binding of a name, and what to do."""

    def js_lookup(self, key: PropertyKey) -> object:
        found = super().js_lookup(key)
        if found is missing and isinstance(key, str):
            # Production raises the bare name; the note is for whoever reads the test.
            absent = AttributeError(key)
            absent.add_note(self.explain(key))
            raise absent
        return found


class Runtime:
    """Environments by file and name, and the `env` object that shows one of them."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.env = EnvObject(self._explain)
        self.active: Environment | None = None
        self._environments: dict[tuple[str, str | None], Environment] = {}

    def __repr__(self) -> str:
        return f"<Runtime: {len(self._environments)} environments, {self.active!r}>"

    def modules(self) -> dict[str, Any]:
        """The runtime's importable modules, for the Worker that is active."""
        assert self.active is not None
        global_object = new_global(self.clock)
        add_web_classes(global_object)
        return build(global_object, self.env, enabled_flags(self.active.config))

    def environment(self, config: Config) -> Environment:
        """The environment of a configuration, made when it is first asked for."""
        key = (str(config.path), config.environment)
        found = self._environments.get(key)
        if found is None or found.config is not config:
            found = self._environments[key] = Environment(config, self.clock)
        return found

    def activate(self, environment: Environment) -> bool:
        """Show this environment's bindings on `env`; whether that changed anything."""
        if self.active is environment:
            return False
        self.active = environment
        self.env.properties = environment.bindings
        return True

    def reset(self) -> None:
        """Fresh storage everywhere, and Python's own time."""
        self.clock.reset()
        for environment in self._environments.values():
            environment.reset()

    def _explain(self, name: str) -> str:
        if self.active is None:
            return "No Worker configuration is active."
        return explain_missing(self.active.config, name)


def explain_missing(config: Config, name: str) -> str:
    """Why `env` has no binding of this name, in terms of the Wrangler file."""
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
    names = ", ".join(_names(config)) or "none at all"
    return f"{where} configures no binding {name}; it has {names}."


def _names(config: Config) -> list[str]:
    return [
        *(binding.binding for binding in config.kv_namespaces),
        *(binding.binding for binding in config.d1_databases),
        *(binding.binding for binding in config.r2_buckets),
        *(binding.binding for binding in config.durable_objects),
        *(binding.name for binding in config.other_bindings),
        *config.vars,
    ]
