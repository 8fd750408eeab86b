"""Text as SQLite can hold it."""

import re

from ..javascript.text import join_pairs

_LONE = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with three U+FFFD for each lone surrogate.

    workerd stores its three bytes, which read back as that (measured).
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return _LONE.sub("\ufffd\ufffd\ufffd", join_pairs(text))
    return text
