"""Names in modules that stand for Python's clocks: `from time import time`."""

import sys
from operator import eq, is_
from types import ModuleType
from typing import Final

_REAL_TIME: Final = frozenset(
    # What waits in threads and processes, or measures tests, needs the real time; our
    # own modules ask the clock itself. Names of modules and of whole packages.
    (
        *("threading", "queue", "sched", "selectors", "socketserver", "subprocess"),
        *("asyncio", "concurrent", "multiprocessing", "freezegun", "time_machine"),
        *("_pytest", "pytest", "pytest_asyncio", "pluggy", "xdist", "execnet"),
        *("hypothesis", "coverage", "pytest_cfbindings", "time", "datetime"),
    )
)

Place = tuple[str, object]
"""A name in a module, and the real object that belongs there."""


class ModuleNames:
    """Replaces objects in the namespaces of modules, and puts them back.

    `pairs` are the objects and what stands in their place while they are replaced.
    """

    def __init__(self, pairs: list[tuple[object, object]]) -> None:
        self._pairs = pairs
        self._fakes = {id(real): fake for real, fake in pairs}
        self._all: list[ModuleType] = []
        self._namespaces: list[dict[str, object]] = []
        self._sizes: dict[str, int] = {}
        self._modules: dict[str, ModuleType] = {}
        self._places: dict[str, list[Place]] = {}

    def replace(self) -> None:
        """Replace them in every module; one that is known costs next to nothing."""
        self._look({id(real): real for real, _ in self._pairs})
        for name, places in self._places.items():
            module = self._modules[name]
            for attribute, real in places:
                if vars(module).get(attribute) is real:
                    setattr(module, attribute, self._fakes[id(real)])

    def restore(self) -> None:
        """Put them back, also in modules that were imported meanwhile."""
        self._look({id(fake): real for real, fake in self._pairs})
        for name, places in self._places.items():
            module = self._modules[name]
            for attribute, real in places:
                if vars(module).get(attribute) is self._fakes[id(real)]:
                    setattr(module, attribute, real)

    def _look(self, reals: dict[int, object]) -> None:
        """Find the places in modules that are new, or have more or fewer names."""
        if self._nothing_changed():
            return
        modules, sizes = self._modules, self._sizes
        for name, module in list(sys.modules.items()):
            if not isinstance(module, ModuleType):
                continue  # The runtime's stand-ins, for instance.
            size = len(module.__dict__)
            if modules.get(name) is not module:
                self._places.pop(name, None)
            elif sizes[name] == size:
                continue
            modules[name], sizes[name] = module, size
            if name.partition(".")[0] not in _REAL_TIME:
                self._add(name, module, reals)
        for name in modules.keys() - sys.modules.keys():
            del modules[name], sizes[name]
            self._places.pop(name, None)
        self._all = list(sys.modules.values())
        self._namespaces = [module.__dict__ for module in modules.values()]

    def _nothing_changed(self) -> bool:
        """Whether all modules are those of the last look, with as many names."""
        now = sys.modules.values()
        return (
            len(now) == len(self._all)
            and all(map(is_, now, self._all))
            and all(map(eq, map(len, self._namespaces), self._sizes.values()))
        )

    def _add(self, name: str, module: ModuleType, reals: dict[int, object]) -> None:
        known = self._places.get(name, [])
        found = [
            (attribute, reals[id(value)])
            for attribute, value in list(vars(module).items())
            if id(value) in reals
        ]
        if found:
            self._places[name] = list(dict.fromkeys((*known, *found)))
