"""Makes the Worker's own modules importable: those beside `main`, then vendored ones.

As in the runtime they come last, so that a Worker's `random.py` does not shadow the
standard library's, and installed packages win over those in `python_modules`, whose
compiled parts are WebAssembly.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import Loader
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any

from ..clock import Clock
from ..config import Config
from ..global_scope import GlobalScope

VENDORED = "python_modules"


def module_folders(config: Config) -> list[str]:
    """Where a Worker's modules are looked for, in order."""
    if config.main is None or not config.is_python:
        return []
    own = config.base_dir or config.main.parent
    return [str(own), str(config.path.parent / VENDORED)]


class WorkerModuleFinder:
    """The last entry of `sys.meta_path`; `folders` are asked for at each import."""

    def __init__(
        self, folders: Callable[[], Sequence[str]], scope: GlobalScope, clock: Clock
    ) -> None:
        self._folders = folders
        self._scope = scope
        self._clock = clock
        self._served: set[str] = set()
        self._shown: tuple[str, ...] | None = None
        self._hidden: dict[tuple[str, ...], dict[str, ModuleType]] = {}

    def install(self) -> None:
        """Serve modules from now on; those of a session around this one are hidden."""
        for outer in _installed():
            outer.hide()
        sys.meta_path.append(self)

    def uninstall(self) -> None:
        """Serve no more, and have what was served forgotten."""
        if self in sys.meta_path:
            sys.meta_path.remove(self)
        self.forget()
        self._hidden.clear()
        for outer in _installed()[-1:]:
            outer.show(outer._folders())

    def show(self, folders: Sequence[str]) -> None:
        """Have `sys.modules` hold the modules of one Worker, and of no other."""
        wanted = tuple(folders)
        if wanted != self._shown:
            self.hide()
            self._shown = wanted
            modules = self._hidden.pop(wanted, {})
            sys.modules.update(modules)
            self._served = {name.partition(".")[0] for name in modules}

    def hide(self) -> None:
        """Take the modules out of `sys.modules`, until their Worker is shown again."""
        if self._shown is not None:
            self._hidden[self._shown] = self.forget()
            self._shown = None

    def forget(self, folder: str | None = None) -> dict[str, ModuleType]:
        """Drop the modules that were served, or those of a folder, and return them."""
        served = {name for name in self._served if _is_in(name, folder)}
        taken = {
            name: sys.modules.pop(name)
            for name in list(sys.modules)
            if name.partition(".")[0] in served
        }
        self._served -= served
        return taken

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """The spec of a top-level module of the Worker; packages find their own."""
        if path is not None or not self._innermost():
            return None
        folders = self._folders()
        self.show(folders)
        spec = PathFinder.find_spec(fullname, list(folders))
        if spec is not None:
            self._served.add(fullname)
            if spec.loader is not None:
                spec.loader = _GlobalScopeLoader(spec.loader, self._scope, self._clock)
        return spec

    def _innermost(self) -> bool:
        return _installed()[-1] is self


def _installed() -> list["WorkerModuleFinder"]:
    return [each for each in sys.meta_path if isinstance(each, WorkerModuleFinder)]


def _is_in(name: str, folder: str | None) -> bool:
    file = getattr(sys.modules.get(name), "__file__", None)
    return folder is None or (
        file is not None and Path(file).is_relative_to(Path(folder))
    )


class _GlobalScopeLoader(Loader):
    """Runs a module in global scope, where no I/O is allowed."""

    def __init__(self, loader: Any, scope: GlobalScope, clock: Clock) -> None:
        self._loader = loader
        self._scope = scope
        self._clock = clock

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        module: ModuleType | None = self._loader.create_module(spec)
        return module

    def exec_module(self, module: ModuleType) -> None:
        with self._scope.entered(), self._clock.real_python(), _running_loop():
            self._loader.exec_module(module)


@contextmanager
def _running_loop() -> Iterator[None]:
    """Have an event loop run, as one does where the runtime imports a Worker.

    One that runs already is taken; what is left on another is never done.
    """
    import asyncio

    if asyncio._get_running_loop() is not None:
        yield
        return
    loop = asyncio.new_event_loop()
    asyncio._set_running_loop(loop)
    try:
        yield
    finally:
        asyncio._set_running_loop(None)
        loop.close()


def module_of(path: Path) -> str:
    """The name under which a main module is imported."""
    return path.name.removesuffix(".py")
