"""Recorded cases of Durable Objects that end otherwise in Python, and why."""

_REASONS = {
    "a Python class has workerd's glue in front of it, which words this itself": (
        "rpc missing methods and instance properties",
    ),
    "the SDK's fetch is a Python function, which needs its argument": (
        "rpc fetch url errors",
    ),
    "Python's datetime cannot show the first day of year 1": ("kv value types dates",),
    "a Python object is a proxy in JavaScript, which V8 refuses in its own words": (
        "kv unserializable values are DataCloneErrors",
    ),
}


def reason(name: str) -> str | None:
    """Why a case differs; None for one that has to agree."""
    return next((why for why, names in _REASONS.items() if name in names), None)
