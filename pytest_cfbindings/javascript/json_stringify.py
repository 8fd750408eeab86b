"""JSON.stringify."""

import json
import math
import re

from .arrays import JsArray
from .boxed import JsBigIntObject, JsBoolean, JsNumber
from .conversions import to_string
from .errors import type_error
from .numbers import number_to_text
from .numeric import to_number
from .objects import JsFunction, JsObject, own_entries
from .strings import JsString
from .text import join_pairs
from .values import JsBigInt, null, undefined

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def quote(text: str) -> str:
    """A JSON string: non-ASCII as it is, controls and lone surrogates escaped."""
    quoted = json.dumps(join_pairs(text), ensure_ascii=False)
    return _LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def stringify(
    value: object, indent: str = "", replacer: object = undefined
) -> str | None:
    """The JSON text of a JavaScript value; None where JavaScript says undefined.

    `indent` is what each level of nesting is indented by; `replacer` a function that
    is asked for every value, or an Array of the names to keep. Raises a JavaScript
    TypeError for a bigint and for a value that contains itself, in V8's words.
    """
    return _Writer(indent, replacer).text_of("", value, JsObject({"": value}))


class _Writer:
    def __init__(self, indent: str, replacer: object) -> None:
        self.indent = indent
        self.replacer = replacer if isinstance(replacer, JsFunction) else None
        self.kept = (
            set(map(to_string, replacer.items))
            if isinstance(replacer, JsArray)
            else None
        )
        self.path: list[tuple[str, JsObject]] = []

    def text_of(self, name: str, value: object, owner: JsObject) -> str | None:
        """The text of the property `name`; None if it is left out."""
        if isinstance(value, JsObject):
            value = _to_json(name, value)
        if self.replacer is not None:
            value = self.replacer.invoke(owner, (name, value))
        value = _unboxed(value)
        if isinstance(value, str):
            return quote(value)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, JsBigInt):
            raise type_error("Do not know how to serialize a BigInt")
        if isinstance(value, (int, float)):
            return number_to_text(value) if math.isfinite(value) else "null"
        if value is null:
            return "null"
        if value is undefined or isinstance(value, JsFunction):
            return None
        assert isinstance(value, JsObject)
        return self.container(name, value)

    def container(self, name: str, value: JsObject) -> str:
        if any(value is other for _, other in self.path):
            raise type_error(_circle(self.path, name, value))
        self.path.append((name, value))
        if isinstance(value, JsArray):
            parts = [
                self.text_of(str(index), item, value) or "null"
                for index, item in enumerate(value.items)
            ]
            text = self.enclose("[", parts, "]")
        else:
            colon = ": " if self.indent else ":"
            parts = [
                f"{quote(key)}{colon}{written}"
                for key, item in own_entries(value)
                if (self.kept is None or key in self.kept)
                and (written := self.text_of(key, item, value)) is not None
            ]
            text = self.enclose("{", parts, "}")
        self.path.pop()
        return text

    def enclose(self, opening: str, parts: list[str], closing: str) -> str:
        if not parts or not self.indent:
            return opening + ",".join(parts) + closing
        outer = "\n" + self.indent * (len(self.path) - 1)
        inner = outer + self.indent
        return opening + inner + ("," + inner).join(parts) + outer + closing


def _to_json(name: str, value: JsObject) -> object:
    convert = value.js_get("toJSON")
    return convert.invoke(value, (name,)) if isinstance(convert, JsFunction) else value


def _unboxed(value: object) -> object:
    """The primitive that an object around one is written as."""
    if isinstance(value, JsNumber):
        return to_number(value)
    if isinstance(value, JsString):
        return to_string(value)
    return value.value if isinstance(value, (JsBoolean, JsBigIntObject)) else value


def _circle(path: list[tuple[str, JsObject]], name: str, again: JsObject) -> str:
    start = next(i for i, (_, other) in enumerate(path) if other is again)
    steps = path[start + 1 :]
    lines = [f"\n    --> starting at object with {_constructor(again)}"]
    shown = steps if len(steps) <= 3 else [*steps[:2], None, steps[-1]]
    owner = again
    for step in shown:
        if step is None:
            lines.append("\n    |     ...")
            continue
        owner = path[path.index(step) - 1][1]
        link = _link(owner, step[0])
        lines.append(f"\n    |     {link} -> object with {_constructor(step[1])}")
    last_owner = path[-1][1]
    lines.append(f"\n    --- {_link(last_owner, name)} closes the circle")
    return "Converting circular structure to JSON" + "".join(lines)


def _link(owner: JsObject, name: str) -> str:
    return f"index {name}" if isinstance(owner, JsArray) else f"property '{name}'"


def _constructor(value: JsObject) -> str:
    constructor = value.js_get("constructor")
    name = constructor.name if isinstance(constructor, JsFunction) else "Object"
    return f"constructor '{to_string(name)}'"
