"""One test session: which Worker configuration is active, and the runtime it has.

Nothing here knows pytest: problems are raised as ConfigurationError, and the plugin
decides how to show them.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from . import limit_changes
from .asked import Asked
from .clock import Clock
from .config import Config, OtherBinding
from .configurations import Choice, ConfigurationError, Configurations
from .global_scope import GlobalScope
from .import_hooks import ImportHooks
from .state.dump_log import DumpLog
from .state.errors import SeedError
from .state.seeds import Seed, Templates
from .time_zone import UtcTimeZone
from .worker.module_finder import module_folders

if TYPE_CHECKING:
    from .conditions import Conditions
    from .faults.ledger import Ledger
    from .r2.s3.buckets import Buckets
    from .state.contents import Contents
    from .worker.dispatch import UnfinishedTaskWarning
    from .worker.environment import Environment, MakeEnvironment
    from .worker.execution_context import WaitUntilFailedWarning
    from .worker.runtime import Runtime
    from .workerd.backend import Backend

_NOTHING_ASKED = Asked()
_NO_THREADS = "pytest_cfbindings.worker.no_threads"


class Hooks(Protocol):
    """What others may add, as `hookspecs` describes it, and how a test ends early."""

    def skip(self, reason: str) -> NoReturn:
        """Skip the test: the chosen backend has not what it needs."""

    def fail(self, reason: str) -> NoReturn:
        """Fail the test: the backend does not work any more."""

    def provide(self, binding: OtherBinding, config: Config) -> object | None:
        """The object behind a binding that is not embedded."""

    def adjust(self, config: Config, provide: Callable[[str, object], None]) -> None:
        """Changes to an environment for the coming test."""


class Session:
    """The configurations of a session and the one runtime they share."""

    def __init__(
        self, choice: Choice, environ: Mapping[str, str], hooks: Hooks
    ) -> None:
        self.choice = choice
        self.configurations = Configurations(choice, environ)
        self._hooks = hooks
        self._runtime: Runtime | None = None
        self.clock = Clock(moves_python=True)
        self._scope = GlobalScope()
        self._imports = ImportHooks(
            self._modules,
            self._module_folders,
            self._s3_buckets,
            self._scope,
            self.clock,
        )
        self.backend: Backend | None = None
        """The real runtime, where it was chosen and something has used it."""
        self._time_zone = UtcTimeZone()
        self._current: Callable[[], Config] = self.configurations.config
        self._asked = Asked()
        """What the running test asks for."""
        self._faults: Ledger | None = None
        self._shown: Config | None = None
        """The configuration that this test's `env` shows already."""
        self._provided: dict[str, object] = {}
        self._templates = Templates(choice.seeds)
        self.dumps = DumpLog()
        """Those that the running test made."""

    def install(self) -> bool:
        """Make the runtime's modules and the Worker's own importable.

        Returns False if they were already.
        """
        return self._imports.install()

    def uninstall(self) -> None:
        """Take all these modules away again, and give Python its time back."""
        self.clock.reset()
        self._imports.uninstall()
        if self.backend is not None:
            self.backend.end()
        no_threads = sys.modules.get(_NO_THREADS)
        if no_threads is not None:
            no_threads.give_threads_back()

    def _modules(self) -> Mapping[str, Any] | None:
        """What the finder serves; None where no Worker configuration is active."""
        runtime = self._runtime
        if runtime is None or runtime.active is None:
            if self.configurations.loaded().errors:
                raise ImportError(self.configurations.loaded().error_text())
            if not self.configurations.active():
                return None
            self.activate(self._current())
        return self.runtime().modules()

    def _module_folders(self) -> list[str]:
        """Where the active Worker's own modules are."""
        active = self._runtime.active if self._runtime is not None else None
        config = (
            self.configurations.loaded().config if active is None else active.config
        )
        return [] if config is None else module_folders(config)

    def runtime(self) -> "Runtime":
        """The runtime, made when something first needs it."""
        if self._runtime is None:
            from .worker.runtime import Runtime

            self._runtime = Runtime(
                self._hooks.provide, self._scope, self.clock, self._environments()
            )
            self._surround()
        return self._runtime

    def _surround(self) -> None:
        """Let the runtime know what the test asks for."""
        if self._runtime is not None:
            self._runtime.around.conditions = self.conditions

    def _environments(self) -> "MakeEnvironment":
        """How an environment is made on the chosen backend."""
        if not self.choice.on_workerd:
            from .worker.environment import Environment

            return Environment
        from .workerd.backend import Backend
        from .workerd.environment import RemoteEnvironment
        from .workerd.installation import installation

        self.backend = Backend(installation, self._hooks, self.choice.timeout)
        return partial(RemoteEnvironment, backend=self.backend)

    def need_embedded(self, what: str) -> None:
        """Skip a test that wants what only the embedded backend has."""
        if self.choice.on_workerd:
            self._hooks.skip(f"--cf-backend=workerd has no {what}")

    def activate(self, config: Config) -> None:
        """Show this configuration's bindings on every `env`, adjusted by the hook.

        Raises ConfigurationError for a seed that cannot be stored, and for a migration
        that there is not.
        """
        if self._shown is config:
            return
        self._shown = config
        self._provided = {}
        self._imports.worker.show(module_folders(config))
        self._hooks.adjust(config, self._provided.__setitem__)
        from .worker.refusal import UnknownMigration

        try:
            self.runtime().activate(config, self._provided, self._asked.migrations)
        except UnknownMigration as error:
            self._shown = None
            raise ConfigurationError(f"migrations: {error}") from None
        try:
            self._seed()
        except SeedError as error:
            self._shown = None
            raise ConfigurationError(f"cf_seed: {error}") from None

    def _seed(self) -> None:
        """Have the active environment's templates made, unless they are.

        On the real runtime it is the test's own storage that is seeded.
        """
        is_default = (
            self.active_environment().config is self.configurations.loaded().config
        )
        with limit_changes.documented():
            self._templates.prepare(self.contents, is_default)

    @property
    def in_use(self) -> bool:
        """Whether there is an environment that this test may have used."""
        return self._shown is not None

    def begin_module(self) -> None:
        """Have an environment to seed. Raises ConfigurationError."""
        self.activate(self._current())

    def seed_module(self, seed: Seed) -> None:
        """Have all tests begin with this, until `end_module`. Raises SeedError."""
        self._templates.add(seed)
        try:
            self._seed()
        except SeedError:
            self._templates.withdraw(seed)
            raise

    def end_module(self) -> None:
        """Have tests begin without what `seed_module` added."""
        self._templates.end_module()

    def active_environment(self) -> "Environment":
        """The one that `env` shows."""
        active = self.runtime().active
        assert active is not None
        return active

    def name_of(self, binding: Any, power: str) -> str:
        """The name of a binding, or of one named; a TypeError names the power."""
        from .worker.inspection import name_of

        return name_of(binding, self.active_environment().known(), power)

    def contents(self) -> "dict[str, Contents]":
        """What the active environment's bindings hold, by name."""
        return self.active_environment().contents()

    def provide(self, name: str, value: object) -> None:
        """Put a value in the place of a var or behind a binding, until the test ends.

        Raises UnusableBinding where that cannot be.
        """
        config = self.active_environment().config
        provided = {**self._provided, name: value}
        self.runtime().activate(config, provided, self._asked.migrations)
        self._provided[name] = value

    def new_isolate(self) -> None:
        """Have the Worker's own modules imported anew when they are next needed."""
        self._imports.worker.forget(next(iter(self._module_folders()), None))

    @property
    def conditions(self) -> "Conditions":
        """What the running test asks of production."""
        return self._asked.conditions

    def complaint(self) -> str | None:
        """What fails this test at its end, in words; None for nothing.

        Events that are still running, and faults that never happened.
        """
        if self._runtime is None:
            return None
        left_open = self._runtime.background.complaint(self.clock.waits_for_travel())
        if left_open is not None or self._faults is None:
            return left_open
        return self._faults.complaint()

    def unfinished_tasks(self) -> "list[UnfinishedTaskWarning]":
        """Of each task that the test ends before it is done."""
        left = [] if self._runtime is None else self._runtime.unfinished_tasks()
        if not left:
            return []
        from .worker.dispatch import UnfinishedTaskWarning

        return [UnfinishedTaskWarning(task) for task in left]

    def faults(self) -> "Ledger":
        """What the running test has armed."""
        if self._faults is None:
            from .faults.ledger import Ledger

            self._faults = Ledger()
        return self._faults

    def failed_work(self) -> "list[WaitUntilFailedWarning]":
        """What failed under waitUntil and was not raised, once a test has ended."""
        return [] if self._runtime is None else self._runtime.background.warnings()

    def env(self) -> Any:
        """The SDK's `env`, the same object for the whole session."""
        return self._imports.env()

    def _s3_buckets(self, jurisdiction: str | None) -> "Buckets":
        """What a host of R2's S3 API shows of the test's configuration."""
        from .r2.s3.buckets import Buckets

        self.need_embedded("S3 door to its buckets")
        if self._shown is None:
            self.activate(self._current())
        runtime = self.runtime()
        assert runtime.active is not None
        services = runtime.active.r2_services(jurisdiction)
        return Buckets(services, runtime.clock.now_ms)

    def begin_test(
        self,
        config: Callable[[], Config] | None,
        asked: Asked = _NOTHING_ASKED,
    ) -> None:
        """Fresh storage and the test's configuration, if anything was ever used.

        Without `config`, only `activate` will tell which one that is.
        """
        for what in asked.beyond_workerd():
            self.need_embedded(what)
        self._current = config or self.configurations.config
        self._asked = asked
        self._shown = None
        self._time_zone.enter()
        self.reset("another test")
        self._faults = None
        self._imports.s3_door.open()
        limit_changes.change(self.conditions.limits)
        self._surround()
        if self._runtime is not None and config is not None:
            self.activate(config())

    def end_test(self) -> None:
        """Forget what the test stored, and give time and time zone back."""
        self._asked = replace(self._asked, freeze_us=None)
        limit_changes.restore()
        self.reset()
        self._faults = None
        self._time_zone.leave()
        self.dumps.clear()
        self._imports.s3_door.close()

    def reset(self, test: str | None = None) -> None:
        """Every store, and the time, as they are at the test's start.

        `test` is whose they were, if not this one's.
        """
        self.clock.reset()
        if self._faults is not None:
            self._faults.disarm()
        if self._runtime is not None:
            self._runtime.reset(test or self._asked.name)
        if self._asked.freeze_us is not None:
            self.clock.freeze(self._asked.freeze_us)
        if self.choice.on_workerd:
            self._templates.forget_given()

    def seed_again(self) -> None:
        """Have what the test began with, after a reset of the real runtime."""
        self._seed()
