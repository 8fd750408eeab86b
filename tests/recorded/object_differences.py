"""Recorded cases of Durable Objects that end otherwise in Python, and why."""

_REASONS = {
    "in a Python Worker every await ends the turn, which commits and lets others in": (
        "gate storage get does not interleave",
        "gate storage put does not interleave",
        "gate getAlarm does not interleave",
        "gate read modify write without io is atomic",
        "abort resets the object and breaks the stub",
    ),
    "a Python class has workerd's glue in front of it, which words this itself": (
        "rpc missing methods and instance properties",
    ),
    "the SDK's fetch is a Python function, which needs its argument": (
        "rpc fetch url errors",
    ),
    "rows read are counted as rows given, which a row without a table is as well": (
        "sql counters rowsRead and rowsWritten",
    ),
    "Python's datetime cannot show the first day of year 1": ("kv value types dates",),
    "a Python object is a proxy in JavaScript, which V8 refuses in its own words": (
        "kv unserializable values are DataCloneErrors",
    ),
}


def reason(name: str) -> str | None:
    """Why a case differs; None for one that has to agree."""
    return next((why for why, names in _REASONS.items() if name in names), None)
