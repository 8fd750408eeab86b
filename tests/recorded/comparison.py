"""Whether an answer in Python is the one that workerd gave, types included."""

import base64
import datetime
import math
import re
from typing import Any

from workers.rpc import JsDict

from .values import prop

# Fields that differ from run to run: only their presence and type are compared.
VOLATILE = frozenset(
    (
        *("cursor", "cacheStatus", "version", "uploaded", "uploadId"),
        *("duration", "rows_read", "rows_written"),
    )
)
_INSTANT = re.compile(r"\b\d{10}(\d{3})?\b")
STORAGE_CLASS = "Standard"
"""What production has where local workerd has nothing."""
MISSING = object()
UNDEFINED = {"$undefined": True}
ANY = {"$any": True}


def differences(want: dict[str, Any], got: Any, relative: bool) -> list[str]:
    """Where `got`, ("ok", value) or ("err", exception), is not what was recorded.

    `relative` says that the case computes instants from the current time.
    """
    kind, value = got
    if ANY in (want, want.get("err")):
        return [] if want == ANY or kind == "err" else [f"want an error, got {value!r}"]
    if "err" in want:
        if kind != "err":
            return [f"want error {want['err']['message']!r}, got {value!r}"]
        return _error(want["err"], value, relative)
    if want["ok"] == UNDEFINED and isinstance(value, AttributeError):
        return []  # Python's word for a property that is not there.
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
    got_name, got_message = as_raised(error)
    name, message = want["name"], want.get("message", got_message)
    if relative:
        message, got_message = (_INSTANT.sub("#", m) for m in (message, got_message))
    found = []
    if (name, message) != (got_name, got_message):
        found.append(f"want {name}: {message!r}, got {got_name}: {got_message!r}")
    if str(error) != ": ".join(filter(None, (error.name, error.message))):
        found.append(f"the text of the exception is {error}")
    return found


def as_raised(error: Any) -> tuple[str, str]:
    """Name and message, which a Python method that does not catch it has in its text.

    The recording's methods are JavaScript's, whose errors keep their class over RPC.
    """
    name, message = error.name, error.message
    if name != "PythonError" or "JsException: " not in message:
        return name, message
    raised = message.rpartition("JsException: ")[2].removesuffix("\n")
    name, _, message = raised.partition(": ")
    return name, message


def differs(want: Any, got: Any, relative: bool, path: str = "") -> str | None:
    """None if the values agree, else where and how they differ."""
    if type(got).__name__ == "JsProxy":
        got = unwrapped(got)
    if isinstance(want, dict) and want:
        tag, content = next(iter(want.items()))
        if tag == "$class":
            return _instance(want, got, relative, path)
        if tag.startswith("$"):
            return _tagged(tag, content, got, relative, path)
    if isinstance(want, dict) and set(want) == {"partNumber", "etag"}:
        want = {**want, "etag": got["etag"]}  # Locally it is random.
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


def unwrapped(proxy: Any) -> Any:
    """What the SDK would have made of an object that it left as it was."""
    match proxy.constructor.name:
        case "Object":
            return JsDict({name: getattr(proxy, name) for name in proxy.object_keys()})
        case "Array":
            return [*proxy]
        case "ArrayBuffer" | "Uint8Array":
            return proxy.to_memoryview()
        case "Date":
            return datetime.datetime.fromtimestamp(proxy.getTime() / 1000)
    return proxy


def _instance(want: dict[str, Any], got: Any, relative: bool, path: str) -> str | None:
    """An object of a class: what its properties are, and that it has no others."""
    for name, value in want.items():
        if name == "$class":
            found = _class_of(got)
            if found != value:
                return f"{path}: want a {value}, got a {found}"
            continue
        if name == "storageClass" and value == "":
            value = STORAGE_CLASS
        if want["$class"] == "Blob" and name == "type":
            name = "content_type"  # The SDK's word for it.
        own = prop(got, name)
        if name in VOLATILE:
            continue
        problem = differs(value, own, relative, f"{path}.{name}")
        if problem:
            return problem
    return None


def _class_of(got: Any) -> str:
    if type(got).__name__ == "Blob":
        return "Blob"  # The SDK's own class.
    raw = got if type(got).__name__ == "JsProxy" else got._binding
    return str(raw.constructor.name)


def _object(want: dict[str, Any], got: Any, relative: bool, path: str) -> str | None:
    if type(got).__name__ != "JsDict":
        return f"{path}: want a JsDict, got {type(got).__name__}"
    if set(want) != set(got):
        return f"{path}: want the names {sorted(want)}, got {sorted(got)}"
    for name, value in want.items():
        if name in VOLATILE or (relative and name == "expiration"):
            volatile = None if value == UNDEFINED else value
            if type(volatile) is not type(got[name]):
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
        case "$quiet" | "$any":
            return None
        case "$date":
            moment = datetime.datetime.fromtimestamp(content / 1000, datetime.UTC)
            same = got == moment.replace(tzinfo=None)
            return None if type(got) is datetime.datetime and same else wrong
        case "$bytes":
            ok = type(got) is memoryview and got.format == "B" and not got.readonly
            return None if ok and bytes(got) == base64.b64decode(content) else wrong
        case "$date":
            naive = datetime.datetime.fromtimestamp(content / 1000, datetime.UTC)
            return None if got == naive.replace(tzinfo=None) else wrong
        case "$bigint":
            same = type(got).__name__ == "JsBigInt" and got == int(content)
            return None if same else wrong
        case "$set":
            same = type(got) is set and got == set(content)
            return None if same else wrong
        case "$headers":
            same = [list(pair) for pair in got] == content
            return None if same else wrong
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
