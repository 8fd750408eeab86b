"""The order of an object's own properties: array indices ascending, then the rest."""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from .text import is_array_index

if TYPE_CHECKING:
    from .objects import PropertyKey


def ordered_names(keys: "Iterable[PropertyKey]") -> list[str]:
    """Of these keys the names, in JavaScript's order."""
    given = tuple(keys)
    return list((_ordered if len(given) > _SHAPE_SIZE else _ordered_shape)(given))


def are_ordered_names(keys: "Iterable[PropertyKey]") -> bool:
    """Whether all keys are names and stand in that order; False if nobody knows."""
    given = tuple(keys)
    return len(given) <= _SHAPE_SIZE and _ordered_shape(given) == given


def _ordered(keys: "tuple[PropertyKey, ...]") -> tuple[str, ...]:
    names = tuple([key for key in keys if isinstance(key, str)])
    if not any("0" <= name[:1] <= "9" for name in names):
        return names
    indices = sorted((name for name in names if is_array_index(name)), key=int)
    return *indices, *(name for name in names if not is_array_index(name))


# The rows of a table have the same names in the same order, over and over again.
_SHAPE_SIZE = 32
_ordered_shape = lru_cache(256)(_ordered)
