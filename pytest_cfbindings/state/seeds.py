"""Seeds: where their data comes from, and what every test begins with."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from .errors import SeedError

if TYPE_CHECKING:
    from .contents import Contents, Seedable
    from .local_state import LocalState

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
    """Add the seed of one binding to what it holds now. Raises SeedError."""
    assert seed.binding is not None
    _store(seed, _meant(seed.binding, contents), seed.binding)


def _meant(binding: str, contents: Held) -> Contents:
    if binding not in contents:
        there = ", ".join(contents) or "none"
        raise SeedError(f"{binding} is no binding with storage (there are: {there})")
    return contents[binding]


def _store(seed: Seed, held: Seedable, name: str) -> None:
    if not isinstance(seed.data, str | os.PathLike):
        held.seed(seed.data, f"seed of {name}")
        return
    path, source = _path(seed)
    state = _local_state(path)
    if state is None:
        held.seed_file(path, source)
    elif state.has(*held.storage):
        held.seed_local_state(state)
    else:
        raise SeedError(
            f"{source}: `wrangler dev` has stored nothing there for {name} under the id"
            " that it has in this configuration"
        )


def _path(seed: Seed) -> tuple[Path, str]:
    path = seed.folder / seed.data
    if not path.exists():
        raise SeedError(f"{seed.data}: there is no such file or folder: {path}")
    return path, str(seed.data)


def _local_state(path: Path) -> LocalState | None:
    from .local_state import LocalState

    return LocalState.at(path)


class Templates:
    """What every test begins with: the suite's seeds, then those of its module.

    Each store gets them once, into a template that its tests clone.
    """

    def __init__(self, suite: tuple[Seed, ...] = ()) -> None:
        self._suite = suite
        self._module: list[Seed] = []
        self._given: dict[object, int] = {}
        """How many of the seeds were looked at, by the origin of what is held."""
        self._before: list[tuple[Contents, Any]] = []
        """The templates that the module's seeds have replaced."""

    def add(self, seed: Seed) -> None:
        """Have the tests of this module begin with it, too."""
        self._module.append(seed)

    def withdraw(self, seed: Seed) -> None:
        """It was added, and cannot be stored."""
        self._module.remove(seed)

    def prepare(self, contents: Callable[[], Held], is_default: bool) -> None:
        """Give what an environment holds the seeds that it lacks. Raises SeedError.

        Those of the suite are for the default configuration; any other one gets those
        of them that are for bindings it has.
        """
        seeds = [*self._suite, *self._module]
        if not seeds:
            return
        held = contents()
        for index, seed in enumerate(seeds):
            if seed.binding is None:
                self._check_local_state(seed, held)
            elif is_default or index >= len(self._suite):
                _meant(seed.binding, held)
        stores: dict[object, dict[str, Contents]] = {}
        for name, one in held.items():
            stores.setdefault(one.origin, {})[name] = one
        for origin, members in stores.items():
            for index in range(self._given.get(origin, 0), len(seeds)):
                self._give(seeds[index], members, index < len(self._suite))
                self._given[origin] = index + 1

    def forget_given(self) -> None:
        """Storage is fresh, and templates cannot keep what was given to it before."""
        self._given.clear()
        self._before.clear()

    def _check_local_state(self, seed: Seed, contents: Held) -> None:
        """Once for each of the stores that it could be for."""
        if all(held.origin in self._given for held in contents.values()):
            return
        path, source = _path(seed)
        state = _local_state(path)
        if state is None:
            raise SeedError(
                f"{source}: no storage of `wrangler dev`, which is in .wrangler/state;"
                " for anything else, name the binding: BINDING = path"
            )
        if not any(state.has(*held.storage) for held in contents.values()):
            raise SeedError(
                f"{source}: `wrangler dev` has stored nothing there under the ids of"
                " this configuration"
            )

    def _give(self, seed: Seed, members: Held, for_good: bool) -> None:
        """Make the template of a store anew, if one of its bindings is meant."""
        names = [name for name in members if seed.binding in (None, name)]
        if not names:
            return
        held = members[names[0]]
        if seed.binding is None:
            state = _local_state(_path(seed)[0])
            if state is None or not state.has(*held.storage):
                return
        draft = held.draft()
        _store(seed, draft, names[0])
        if not for_good:
            self._before.append((held, held.template))
        held.template = draft.image()

    def end_module(self) -> None:
        """Take the module's seeds out of all templates."""
        for held, template in reversed(self._before):
            held.template = template
        self._before.clear()
        self._module.clear()
        for origin, given in self._given.items():
            self._given[origin] = min(given, len(self._suite))
