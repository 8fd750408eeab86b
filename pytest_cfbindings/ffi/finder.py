"""Makes the runtime's modules importable, and takes them away again.

Only a finder is put into place; nothing is loaded before something is imported. What
was there under the same names, such as the pyodide package from PyPI, is shadowed and
comes back. Installations nest: only the innermost one answers.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.abc import Loader
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_PROVIDED = ("js", "pyodide", "_pyodide_entrypoint_helper", "_cloudflare_compat_flags")
# The SDK's modules hold on to the runtime's, so they come and go with them.
_DEPENDENT = ("workers", "asgi")

Load = Callable[[], Mapping[str, Any] | None]


def _top(name: str) -> str:
    return name.partition(".")[0]


class RuntimeFinder:
    """The `sys.meta_path` entry; `load` gives the modules by name, or None for none."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._modules: Mapping[str, Any] | None = None
        self._shadowed: dict[str, ModuleType] = {}

    def install(self) -> bool:
        """Shadow what is there and answer imports; False if that was done before."""
        if self in sys.meta_path:
            return False
        self._shadowed = _take_out()
        sys.meta_path.insert(0, self)
        return True

    def uninstall(self) -> None:
        """Answer no more and bring back what was there."""
        if self not in sys.meta_path:
            return
        sys.meta_path.remove(self)
        _take_out()
        sys.modules.update(self._shadowed)
        self._shadowed = {}

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """The spec of one of the modules; None leaves the name to others."""
        if _top(fullname) not in _PROVIDED or not self._innermost():
            return None
        modules = self.modules()
        if modules is None or fullname not in modules:
            return None
        is_package = hasattr(modules[fullname], "__path__")
        return ModuleSpec(fullname, _Loader(modules[fullname]), is_package=is_package)

    def modules(self) -> Mapping[str, Any] | None:
        """The modules, loaded when they are first asked for."""
        if self._modules is None:
            self._modules = self._load()
        return self._modules

    def _innermost(self) -> bool:
        first = next(f for f in sys.meta_path if isinstance(f, RuntimeFinder))
        return first is self


class _Loader(Loader):
    def __init__(self, module: Any) -> None:
        self._module = module

    def create_module(self, spec: ModuleSpec) -> None:
        """Python makes an empty module first; it is replaced right away."""

    def exec_module(self, module: ModuleType) -> None:
        assert module.__spec__ is not None
        made = self._module
        if isinstance(made, ModuleType):
            made.__spec__ = module.__spec__
            made.__loader__ = module.__loader__
        sys.modules[module.__spec__.name] = made


def _take_out() -> dict[str, ModuleType]:
    names = [n for n in sys.modules if _top(n) in (*_PROVIDED, *_DEPENDENT)]
    return {name: sys.modules.pop(name) for name in names}
