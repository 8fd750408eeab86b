"""The tagged values of the recordings, as a Python Worker would write them."""

import base64
import datetime
from collections.abc import Callable
from typing import Any

MAX_SAFE_INTEGER = 2**53 - 1


class NotPortable(Exception):
    """A value that only JavaScript can express."""


def tags(value: Any) -> set[str]:
    """All tags that occur in a recorded value."""
    if isinstance(value, list):
        return set().union(*map(tags, value))
    if isinstance(value, dict):
        own = {key for key in value if key.startswith("$")}
        return own.union(*map(tags, value.values()))
    return set()


def decode(value: Any, scope: dict[str, Any], now_ms: Callable[[], int]) -> Any:
    """The argument that a recorded value stands for."""
    if isinstance(value, list):
        return [decode(item, scope, now_ms) for item in value]
    if type(value) is int and abs(value) >= MAX_SAFE_INTEGER:
        return float(value)  # An int of that size would travel as a bigint.
    if not isinstance(value, dict):
        return value
    tag = next((key for key in value if key.startswith("$")), None)
    if tag is None:
        return {key: decode(item, scope, now_ms) for key, item in value.items()}
    return _decode_tag(tag, value[tag], scope, now_ms)


def _decode_tag(
    tag: str, content: Any, scope: dict[str, Any], now_ms: Callable[[], int]
) -> Any:
    match tag:
        case "$bytes":
            from pyodide.ffi import to_js

            return to_js(base64.b64decode(content)).buffer
        case "$u8":
            return base64.b64decode(content)
        case "$zeros":
            return bytes(content)
        case "$repeat":
            return content[0] * content[1]
        case "$date" if isinstance(content, str):
            from js import Date

            return Date.new(content)
        case "$date":
            return _date(content)
        case "$now":
            return now_ms() + content
        case "$nowS":
            return now_ms() // 1000 + content
        case "$nowDate":
            return _date(now_ms() + content)
        case "$num":
            return float(content.replace("Infinity", "inf"))
        case "$map":
            from js import Map
            from workers import python_to_rpc

            pairs = [[decode(part, scope, now_ms) for part in item] for item in content]
            return Map.new(python_to_rpc(pairs))
        case "$headers":
            from js import Headers

            pairs = content.items() if isinstance(content, dict) else content
            return Headers.new([list(pair) for pair in pairs])
        case "$set":
            return {decode(item, scope, now_ms) for item in content}
        case "$bigint":
            from pyodide.ffi import JsBigInt

            return JsBigInt(content)
        case "$stream":
            from js import Response

            return Response.new(content).body
        case "$ref":
            found: Any = scope
            for part in content.split("."):
                found = prop(found, part)
            return found
    raise NotPortable(tag)


def _date(milliseconds: float) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(milliseconds / 1000, datetime.UTC)


def prop(owner: Any, name: str) -> Any:
    """A property, whether it is an item or an attribute in Python."""
    if isinstance(owner, dict) and name in owner:
        return owner[name]
    if isinstance(owner, (list, tuple)) and name.isdigit():
        return owner[int(name)]
    if type(owner).__name__ == "_BindingWrapper":
        return owner[name]  # An attribute is read only once.
    return getattr(owner, name)
