"""What lives as long as the test session: one global object, one `env`, one clock."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..clock import Clock
from ..config import Config
from ..ffi.modules import build
from ..global_scope import GlobalScope
from ..javascript.errors import JsError
from ..javascript.global_object import new_global
from ..javascript.objects import PropertyKey, native
from ..web.blobs import File
from ..web.global_classes import add_web_classes
from ..web.socket_connecting import Connecting
from ..web.socket_end import SocketOptions
from .compatibility import copies_errors_whole, enabled_flags
from .env_object import EnvObject
from .environment import Environment, MakeEnvironment, Provide
from .execution_context import Background
from .missing_binding import explain
from .outbound import Outbound
from .socket_options import socket_options
from .surroundings import Surroundings

if TYPE_CHECKING:
    from .event_tasks import EventTasks


class Runtime:
    """Environments by file and name, and the `env` object that shows one of them.

    `provide` is asked for objects behind bindings that are not embedded; `scope` says
    whether a module of the Worker is being imported; `make` makes an environment.
    """

    def __init__(
        self,
        provide: Provide,
        scope: GlobalScope,
        clock: Clock,
        make: MakeEnvironment = Environment,
    ) -> None:
        self.clock = clock
        self._scope = scope
        self.env = EnvObject(self._explain)
        self.background = Background(scope)
        self.outbound = Outbound(scope)
        self.active: Environment | None = None
        self._event_tasks: EventTasks | None = None
        self._provide = provide
        self._make = make
        self.around = Surroundings(self.clock, scope, self.env, self.background.keep)
        self._environments: dict[tuple[str, str | None], Environment] = {}

    def __repr__(self) -> str:
        return f"<Runtime: {len(self._environments)} environments, {self.active!r}>"

    @property
    def event_tasks(self) -> "EventTasks":
        """The tasks of events, known from the first one on."""
        if self._event_tasks is None:
            from .event_tasks import EventTasks

            self._event_tasks = EventTasks()
        return self._event_tasks

    def modules(self) -> dict[str, Any]:
        """The runtime's importable modules, for the Worker that is active."""
        assert self.active is not None
        global_object = new_global(self.clock)
        add_web_classes(global_object, self.clock, self._scope, self._socket_options)
        global_object.properties["fetch"] = native(self.outbound.fetch, "fetch")
        return build(
            global_object,
            self.env,
            enabled_flags(self.active.config),
            self.background.wait_until,
        )

    def _socket_options(self) -> SocketOptions:
        assert self.active is not None
        return socket_options(self.active.config)

    def environment(self, config: Config) -> Environment:
        """The environment of a configuration, made when it is first asked for."""
        key = (str(config.path), config.environment)
        found = self._environments.get(key)
        if found is None or found.config is not config:
            found = self._make(config, self.around, self._provide)
            self._environments[key] = found
        return found

    def activate(
        self,
        config: Config,
        provided: Mapping[str, object],
        migrations: bool | str = True,
    ) -> None:
        """Show a configuration's bindings on `env`, some with a test's own values.

        `migrations` are those that D1 databases have: all, none, or up to a name.
        Raises UnusableBinding for a value that cannot stand there, UnknownMigration
        for a migration that there is not.
        """
        File.present, Connecting.dial = self.clock.now_ms, self.outbound.dial
        JsError.is_copied_whole = copies_errors_whole(config)
        self.active = self.environment(config)
        self.active.migrate(migrations)
        self.active.impose(self.around.conditions)
        shown: dict[PropertyKey, object] = dict(self.active.bindings)
        for name, value in provided.items():
            shown[name] = self._provided(name, value)
        self.env.show(shown)

    def _provided(self, name: str, value: object) -> object:
        """What stands on `env` for a value; the same object as before if it does."""
        assert self.active is not None
        before = self.env.properties.get(name)
        if value is not None and getattr(before, "target", None) is value:
            return before
        return self.active.replacement(name, value)

    def unfinished_tasks(self) -> list[str]:
        """The tasks that code of Durable Objects has left running, in words."""
        objects = [each.objects for each in self._environments.values()]
        return [task for each in objects if each for task in each.unfinished_tasks()]

    def reset(self, test: str = "a test") -> None:
        """Fresh storage everywhere, and Python's own time.

        `test` is whose storage it was: code of it that is still running is told so.
        """
        self.clock.reset()
        self.background.forget()
        self.outbound.reset()
        if self._event_tasks is not None:
            self._event_tasks.forget()
        for environment in self._environments.values():
            environment.reset(_ended(test))

    def _explain(self, name: str) -> str:
        if self.active is None:
            return "No Worker configuration is active."
        return explain(self.active.config, name)


def _ended(test: str) -> str:
    return (
        "Durable Object storage is no longer accessible. It was that of"
        f" {test}, which has ended or has reset it: something that it started was"
        " still running."
    )
