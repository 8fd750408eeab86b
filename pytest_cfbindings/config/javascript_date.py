"""Whether JavaScript's `new Date(text)` can read a text, as V8 decides."""

import re

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def is_readable_date(text: str) -> bool:
    found = _ISO.fullmatch(text)
    if not found:
        return bool(re.match(r"\d{4}[-/]\d", text))
    month, day = int(found[2] or 1), int(found[3] or 1)
    return 1 <= month <= 12 and 1 <= day <= 31
