"""Seeds: where their data comes from, and what every test begins with."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from .errors import SeedError

if TYPE_CHECKING:
    from .contents import Contents

Held: TypeAlias = "Mapping[str, Contents]"


@dataclass(frozen=True, slots=True)
class Seed:
    """Data for one binding, or a path to it, relative to `folder`.

    Without a binding it is a folder that `wrangler dev` keeps, for all of them.
    """

    binding: str | None
    data: Any
    folder: Path


def add_seed(seed: Seed, contents: Held) -> None:
    """Add it to what the bindings hold. Raises SeedError."""
    from .local_state import LocalState

    if seed.binding is None:
        _add_local_state(seed, contents)
        return
    held = _meant(seed.binding, contents)
    if not isinstance(seed.data, str | os.PathLike):
        held.seed(seed.data, f"seed of {seed.binding}")
        return
    path, source = _path(seed)
    state = LocalState.at(path)
    if state is None:
        held.seed_file(path, source)
    elif not held.seed_local_state(state):
        raise SeedError(
            f"{source}: `wrangler dev` has stored nothing there for {seed.binding}"
            " under the id that it has in this configuration"
        )


def _add_local_state(seed: Seed, contents: Held) -> None:
    from .local_state import LocalState

    path, source = _path(seed)
    state = LocalState.at(path)
    if state is None:
        raise SeedError(
            f"{source}: no storage of `wrangler dev`, which is in .wrangler/state;"
            " for anything else, name the binding: BINDING = path"
        )
    found = [held.seed_local_state(state) for held in contents.values()]
    if not any(found):
        raise SeedError(
            f"{source}: `wrangler dev` has stored nothing there under the ids of this"
            " configuration"
        )


def _meant(binding: str, contents: Held) -> Contents:
    if binding not in contents:
        there = ", ".join(contents) or "none"
        raise SeedError(f"{binding} is no binding with storage (there are: {there})")
    return contents[binding]


def _path(seed: Seed) -> tuple[Path, str]:
    path = seed.folder / seed.data
    if not path.exists():
        raise SeedError(f"{seed.data}: there is no such file or folder: {path}")
    return path, str(seed.data)


class Templates:
    """What every test begins with: the suite's seeds, then those of its module.

    Each configuration gets them once, into templates that its tests clone.
    """

    def __init__(self, suite: tuple[Seed, ...] = ()) -> None:
        self._suite = suite
        self._module: list[Seed] = []
        self._given: dict[object, int] = {}
        """How many of the seeds an environment has got."""
        self._before: list[tuple[Contents, object]] = []
        """The templates that the module's seeds have replaced."""

    def add(self, seed: Seed) -> None:
        """Have the tests of this module begin with it, too."""
        self._module.append(seed)

    def withdraw(self, seed: Seed) -> None:
        """It was added, and cannot be stored."""
        self._module.remove(seed)

    def prepare(
        self, environment: object, contents: Callable[[], Held], is_default: bool
    ) -> None:
        """Give an environment the seeds that it has not got. Raises SeedError.

        Those of the suite are for the default configuration; any other one gets those
        of them that are for bindings it has.
        """
        seeds = [*self._suite, *self._module]
        given = self._given.get(environment, 0)
        if given == len(seeds):
            return
        held = contents()
        for index in range(given, len(seeds)):
            is_suite = index < len(self._suite)
            if is_default or not is_suite or seeds[index].binding in (None, *held):
                self._give(seeds[index], held, is_suite)
            self._given[environment] = index + 1

    def _give(self, seed: Seed, contents: Held, for_good: bool) -> None:
        if seed.binding is not None:
            contents = {seed.binding: _meant(seed.binding, contents)}
        begin = {name: held.at_start() for name, held in contents.items()}
        add_seed(seed, begin)
        for name, started in begin.items():
            if not for_good:
                self._before.append((contents[name], contents[name].template))
            contents[name].template = started.image()

    def end_module(self) -> None:
        """Take the module's seeds out of all templates."""
        for held, template in reversed(self._before):
            held.template = template
        self._before.clear()
        self._module.clear()
        for environment, given in self._given.items():
            self._given[environment] = min(given, len(self._suite))
