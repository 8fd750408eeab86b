"""Whether an answer in Python is the one that workerd gave, types included."""

import base64
import math
import re
from typing import Any

# Fields that differ from run to run: only their presence and type are compared.
VOLATILE = frozenset(("cursor", "cacheStatus", "duration", "rows_read", "rows_written"))
_INSTANT = re.compile(r"\b\d{10}(\d{3})?\b")
MISSING = object()


def differences(want: dict[str, Any], got: Any, relative: bool) -> list[str]:
    """Where `got`, ("ok", value) or ("err", exception), is not what was recorded.

    `relative` says that the case computes instants from the current time.
    """
    kind, value = got
    if "err" in want:
        if kind != "err":
            return [f"want error {want['err']['message']!r}, got {value!r}"]
        return _error(want["err"], value, relative)
    if kind == "err":
        return [f"want {want['ok']!r:.200}, got {type(value).__name__}: {value}"]
    if isinstance(want["ok"], list) and value and isinstance(value[0], tuple):
        pairs = zip(want["ok"], value, strict=True)
        return [found for w, g in pairs for found in differences(w, g, relative)]
    found = differs(want["ok"], value, relative)
    return [found] if found else []


def _error(want: dict[str, str], error: BaseException, relative: bool) -> list[str]:
    if type(error).__name__ != "JsException":
        return [f"want a JsException, got {type(error).__name__}: {error}"]
    name, message = want["name"], want["message"]
    got_name, got_message = error.name, error.message
    if relative:
        message, got_message = (_INSTANT.sub("#", m) for m in (message, got_message))
    found = []
    if (name, message) != (got_name, got_message):
        found.append(f"want {name}: {message!r}, got {got_name}: {got_message!r}")
    if str(error) != f"{error.name}: {error.message}":
        found.append(f"the text of the exception is {error}")
    return found


def differs(want: Any, got: Any, relative: bool, path: str = "") -> str | None:
    """None if the values agree, else where and how they differ."""
    if isinstance(want, dict) and len(want) == 1:
        tag, content = next(iter(want.items()))
        if tag.startswith("$"):
            return _tagged(tag, content, got, relative, path)
    if isinstance(want, dict):
        return _object(want, got, relative, path)
    if isinstance(want, list):
        return _array(want, got, relative, path)
    if isinstance(want, float) and want.is_integer() and abs(want) < 2**53:
        want = int(want)
    if isinstance(want, int) and abs(want) >= 2**53:
        want = float(want)
    same = type(want) is type(got) and want == got
    return None if same else f"{path}: want {want!r:.200}, got {got!r:.200}"


def _object(want: dict[str, Any], got: Any, relative: bool, path: str) -> str | None:
    if type(got).__name__ != "JsDict":
        return f"{path}: want a JsDict, got {type(got).__name__}"
    if set(want) != set(got):
        return f"{path}: want the names {sorted(want)}, got {sorted(got)}"
    for name, value in want.items():
        if name in VOLATILE or (relative and name == "expiration"):
            if type(value) is not type(got[name]):
                return f"{path}.{name}: want {value!r}, got {got[name]!r}"
            continue
        found = differs(value, got[name], relative, f"{path}.{name}")
        if found:
            return found
    return None


def _array(want: list[Any], got: Any, relative: bool, path: str) -> str | None:
    if type(got) is not list:
        return f"{path}: want a list, got {type(got).__name__}"
    if len(want) != len(got):
        return f"{path}: want {len(want)} items, got {len(got)}"
    found = (
        differs(w, g, relative, f"{path}[{index}]")
        for index, (w, g) in enumerate(zip(want, got, strict=True))
    )
    return next((text for text in found if text), None)


def _tagged(tag: str, content: Any, got: Any, relative: bool, path: str) -> str | None:
    wrong = f"{path}: want {tag} {content!r:.200}, got {got!r:.200}"
    match tag:
        case "$undefined":
            return None if got is None else wrong
        case "$quiet":
            return None
        case "$bytes":
            ok = type(got) is memoryview and got.format == "B" and not got.readonly
            return None if ok and bytes(got) == base64.b64decode(content) else wrong
        case "$num":
            number = float(content.replace("Infinity", "inf"))
            if number == 0:
                return None if got == 0 and type(got) is int else wrong
            same = number == got or (math.isnan(number) and math.isnan(got))
            return None if type(got) is float and same else wrong
        case "$map":
            if type(got).__name__ != "JsDict":
                return wrong
            items = [[key, value] for key, value in got.items()]
            return _array(content, items, relative, path)
        case "$stream":
            is_stream = str(got) == "[object ReadableStream]"
            return None if is_stream and hasattr(got, "__aiter__") else wrong
    return f"{path}: the comparison does not know {tag}"
