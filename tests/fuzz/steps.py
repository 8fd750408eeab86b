"""One step on either side, and its outcome in a form that can be compared."""

import datetime
import inspect
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

_INTERNAL, _WITHOUT = "(internal error; reference = ).*", r"\1"
VOLATILE = frozenset(
    (
        *("cursor", "version", "uploaded", "uploadId", "cacheStatus"),
        *("duration", "timings", "served_by", "storageClass"),
    )
)
"""What differs from run to run, or by the side; `storageClass` is empty locally."""

_CLASSES = {
    "HeadResult": (
        *("key", "size", "etag", "httpEtag", "checksums", "httpMetadata"),
        *("customMetadata", "range", "ssecKeyMd5"),
    ),
    "GetResult": (
        *("key", "size", "etag", "httpEtag", "checksums", "httpMetadata"),
        *("customMetadata", "range", "ssecKeyMd5", "bodyUsed"),
    ),
    "Checksums": ("md5", "sha1", "sha256", "sha384", "sha512"),
}


@dataclass
class World:
    """One side: its `env`, how to get at an object's storage, what steps have saved."""

    env: Any
    storage: Callable[[Any], Any]
    saved: dict[str, Any] = field(default_factory=dict)


Step = Any
"""A step as a tuple of plain values, which hypothesis can print and shrink."""

Perform = Callable[[World, Step], Any]
"""Does a step; its result may be awaitable."""


async def outcome(perform: Perform, world: World, step: Step) -> Any:
    """("ok", what it gave) or ("err", name and message)."""
    try:
        result = perform(world, step)
        while inspect.isawaitable(result):
            result = await result
        return "ok", plain(result)
    except Exception as error:
        return _failed(error)


def outcome_at_once(
    perform: Callable[[Any, Step], Any], target: Any, step: Step
) -> Any:
    """The same of what has to be waited for by nobody."""
    try:
        return "ok", plain(perform(target, step))
    except Exception as error:
        return _failed(error)


def _failed(error: Exception) -> Any:
    name = getattr(error, "name", type(error).__name__)
    message = str(getattr(error, "message", error))
    # What workerd says of an internal error is a random number.
    return "err", f"{name}: {re.sub(_INTERNAL, _WITHOUT, message)}"


def plain(value: Any) -> Any:
    """Builtins that compare by content and by type."""
    kind = type(value).__name__
    if kind == "JsProxy":
        return _proxy(value)
    if kind == "JsNull":
        return None
    if kind in ("dict", "JsDict"):
        kept = {k: v for k, v in value.items() if k not in VOLATILE}
        return {str(k): plain(v) for k, v in kept.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, set):
        return ("set", sorted(map(repr, map(plain, value))))
    if isinstance(value, memoryview):
        return ("bytes", value.tobytes())
    if isinstance(value, datetime.datetime):
        return ("date", value.isoformat())
    if isinstance(value, float):
        return ("nan",) if math.isnan(value) else (kind, repr(value))
    if hasattr(value, "_binding"):
        return _instance(value)
    return (kind, value) if isinstance(value, (bool, int)) else value


def _instance(value: Any) -> Any:
    name = value._binding.constructor.name
    found = {}
    for attribute in _CLASSES.get(name, ()):
        try:
            found[attribute] = plain(value[attribute])
        except AttributeError:
            found[attribute] = "missing"
    return (name, found)


def _proxy(value: Any) -> Any:
    name = value.constructor.name
    if name in _CLASSES:
        read = {key: getattr(value, key, "missing") for key in _CLASSES[name]}
        return (name, {key: plain(item) for key, item in read.items()})
    if name in ("Object", "Array", "Map", "Set"):
        return plain(value.to_py())
    if name == "Date":
        return ("date", value.toISOString())
    return name
