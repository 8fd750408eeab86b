"""JSON.parse's second argument."""

from .objects import JsFunction, JsObject
from .values import undefined


def revived(parsed: object, reviver: JsFunction) -> object:
    """The value with what the reviver makes of everything in it, innermost first."""
    return _revive(JsObject({"": parsed}), "", reviver)


def _revive(holder: JsObject, name: str, reviver: JsFunction) -> object:
    value = holder.js_get(name)
    if isinstance(value, JsObject):
        for key in value.js_keys():
            new = _revive(value, key, reviver)
            if new is undefined:
                value.js_delete(key)
            else:
                value.js_set(key, new)
    return reviver.invoke(holder, (name, value))
