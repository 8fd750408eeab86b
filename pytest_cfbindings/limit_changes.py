"""What a test changes of the limits: lower, or off."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from .limits import LIMITS, Limit

Changes = Mapping[str, int | None]
"""Limits by name; None switches one off."""

_FAR = 2**31 - 1
"""More than any test reaches; as seconds or days it is still a moment in time."""


def checked(changes: object) -> dict[str, int | None]:
    """What a user has written, as Changes.

    Raises ValueError for a name that no limit has, and for a number that is not lower
    than the documented one.
    """
    if not isinstance(changes, Mapping):
        raise ValueError(f"a dict of names and numbers, not {changes!r}")
    found: dict[str, int | None] = {}
    for name, value in changes.items():
        limit = LIMITS.get(name) if isinstance(name, str) else None
        if limit is None:
            raise ValueError(_unknown(name))
        found[limit.name] = _checked(limit, value)
    return found


def _checked(limit: Limit, value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(
            f"{limit.name} is a number of {limit.unit}, or None for off, not {value!r}"
        )
    if value > limit.documented:
        raise ValueError(
            f"{limit.name} is {limit.documented} in production, and cannot be {value}"
            f" here: a limit can be lowered, or switched off with None ({limit.unit})"
        )
    return value


def _unknown(name: object) -> str:
    from difflib import get_close_matches

    near = get_close_matches(str(name), LIMITS, n=3)
    rest = f"did you mean {' or '.join(near)}?" if near else f"all: {', '.join(LIMITS)}"
    return f"there is no limit {name!r}; {rest}"


def change(changes: Changes) -> None:
    """Have these limits hold until `restore`."""
    for name, value in changes.items():
        limit = LIMITS[name]
        limit.value = _off(limit) if value is None else value


def _off(limit: Limit) -> int:
    return 0 if limit.least else max(_FAR, limit.documented * 1000)


def restore() -> None:
    """Have the documented limits hold."""
    for limit in LIMITS.values():
        limit.value = limit.documented


@contextmanager
def documented() -> Iterator[None]:
    """The documented limits, for what a test finds made and other tests find too."""
    before = {limit.name: limit.value for limit in LIMITS.values()}
    restore()
    try:
        yield
    finally:
        change(before)
