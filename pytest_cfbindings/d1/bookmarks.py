"""Bookmarks: how far a database had come, as text."""

_DIGITS = 2**32 - 1


def bookmark(requests: int) -> str:
    """The bookmark after that many successful requests (measured)."""
    high, low = divmod(requests - 1, _DIGITS)
    return f"{high:08x}-{low:08x}-00000000-{'0' * 32}"


def is_later(new: str, old: str) -> bool:
    """Whether a bookmark comes after another one, or after any other text."""
    return _collated(new) > _collated(old)


def _collated(text: str) -> tuple[str, str]:
    """Near to localeCompare: case decides last, and small letters come first."""
    return text.casefold(), text.swapcase()
