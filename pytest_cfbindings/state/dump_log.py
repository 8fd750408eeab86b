"""The dumps that the running test made, known again by what they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .contents import Keys


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump of all of `env` or of one binding, and the keys of its rows.

    `binding` is the name of the one binding; None for a dump by binding. `keys` are
    those of every binding, by its name.
    """

    value: dict[str, Any]
    binding: str | None
    keys: "Mapping[str, Keys]"


class DumpLog:
    """What to ask whether a dict is a dump. It keeps the dumps alive until the end."""

    def __init__(self) -> None:
        self._dumps: dict[int, Dump] = {}

    def __bool__(self) -> bool:
        return bool(self._dumps)

    def add(self, dump: Dump) -> None:
        """Remember a dump, and each binding's part of it."""
        self._dumps[id(dump.value)] = dump
        if dump.binding is None:
            for name, part in dump.value.items():
                if type(part) is dict:
                    self._dumps[id(part)] = Dump(part, name, dump.keys)

    def find(self, value: object) -> Dump | None:
        """The dump that this very object is."""
        return self._dumps.get(id(value))

    def clear(self) -> None:
        """Forget them: the test is over."""
        self._dumps.clear()
