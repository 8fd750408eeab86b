"""A page of a bucket's keys: prefix, delimiter, where it starts and where it ends."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Page:
    """Keys and delimited prefixes; `last` is what the next page follows.

    None says that this page is the last one.
    """

    keys: list[str] = field(default_factory=list)
    prefixes: list[str] = field(default_factory=list)
    last: str | None = None


def page_of(
    names: Sequence[str],
    limit: int,
    prefix: str = "",
    delimiter: str = "",
    after: str | None = None,
) -> Page:
    """At most `limit` keys and prefixes of sorted names, strictly after `after`.

    Keys that hold the delimiter behind the prefix are shown as one delimited prefix.
    The cost does not depend on how many names there are.
    """
    page = Page()
    position = bisect_left(names, prefix)
    if after is not None:
        position = max(position, bisect_right(names, after))
    while position < len(names) and names[position].startswith(prefix):
        if len(page.keys) + len(page.prefixes) == limit:
            page.last = names[position - 1]
            break
        name = names[position]
        group = _group(name, prefix, delimiter)
        if group is None:
            page.keys.append(name)
            position += 1
        else:
            page.prefixes.append(group)
            position = _behind(names, group, position)
    return page


def _group(name: str, prefix: str, delimiter: str) -> str | None:
    if not delimiter:
        return None
    found = name.find(delimiter, len(prefix))
    return None if found < 0 else name[: found + len(delimiter)]


def _behind(names: Sequence[str], group: str, start: int) -> int:
    """Where the names that begin with `group` end."""
    length = len(group)
    return bisect_right(names, group, start, key=lambda name: name[:length])
