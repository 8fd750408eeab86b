"""A session's import hooks: the runtime's modules, the Worker's own, and botocore."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .clock import Clock
from .ffi.finder import RuntimeFinder
from .global_scope import GlobalScope
from .r2.s3.door import Door
from .worker.module_finder import WorkerModuleFinder

if TYPE_CHECKING:
    from .r2.s3.buckets import Buckets


class ImportHooks:
    """What Python imports differently while the session lasts.

    `modules` gives the runtime's modules, None where no configuration is active;
    `folders` are those of the Worker's own; `buckets` are behind R2's S3 API, whose
    door botocore gets.
    """

    def __init__(
        self,
        modules: Callable[[], Mapping[str, Any] | None],
        folders: Callable[[], Sequence[str]],
        buckets: Callable[[str | None], "Buckets"],
        scope: GlobalScope,
        clock: Clock,
    ) -> None:
        self._runtime = RuntimeFinder(modules)
        self.worker = WorkerModuleFinder(folders, scope, clock)
        self.s3_door = Door(buckets)
        self._env: Any = None

    def install(self) -> bool:
        """Put them into place; False if they were already."""
        if not self._runtime.install():
            return False
        self.worker.install()
        self.s3_door.install()
        return True

    def uninstall(self) -> None:
        """Take them away again, with the modules that came by them."""
        self.s3_door.uninstall()
        self.worker.uninstall()
        self._runtime.uninstall()

    def env(self) -> Any:
        """The SDK's `env`, the same object for the whole session."""
        if self._env is None:
            import workers  # type: ignore[import-not-found, unused-ignore]

            self._env = workers.env
        return self._env
