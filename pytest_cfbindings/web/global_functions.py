"""The web platform's functions on globalThis: Base64 and clones."""

import base64
import binascii

from ..javascript.arguments import wrong_parameter
from ..javascript.arrays import JsArray
from ..javascript.conversions import to_string
from ..javascript.errors import JsThrow, dom_exception, type_error
from ..javascript.objects import JsObject, native
from ..javascript.structured_clone import structured_clone
from ..javascript.values import is_nullish, undefined


def btoa(*arguments: object) -> str:
    if not arguments:
        raise wrong_parameter("btoa", "ServiceWorkerGlobalScope", 1, "JsString")
    try:
        return base64.b64encode(to_string(arguments[0]).encode("latin-1")).decode()
    except UnicodeEncodeError:
        raise dom_exception(
            "InvalidCharacterError",
            "btoa() can only operate on characters in the Latin1 (ISO/IEC 8859-1)"
            " range.",
        ) from None


def atob(*arguments: object) -> str:
    if not arguments:
        raise wrong_parameter("atob", "ServiceWorkerGlobalScope", 1, "string")
    given = "".join(to_string(arguments[0]).split())
    try:
        padded = given + "=" * (-len(given) % 4)
        return base64.b64decode(padded, validate=True).decode("latin-1")
    except binascii.Error:
        raise dom_exception(
            "InvalidCharacterError",
            "atob() called with invalid base64-encoded data. (Only whitespace, '+',"
            " '/', alphanumeric ASCII, and up to two terminal '=' signs when the input"
            " data length is divisible by 4 are allowed.)",
        ) from None


def clone(*arguments: object) -> object:
    """structuredClone(value, options)."""
    if not arguments:
        raise _wrong_clone_parameter(1, "JsValue")
    options = arguments[1] if len(arguments) > 1 else undefined
    if is_nullish(options):
        return structured_clone(arguments[0])
    if not isinstance(options, JsObject):
        raise _wrong_clone_parameter(2, "StructuredCloneOptions")
    transfer = options.js_get("transfer")
    if transfer is undefined:
        return structured_clone(arguments[0])
    if not isinstance(transfer, JsArray):
        raise type_error(
            "Incorrect type for the 'transfer' field on 'StructuredCloneOptions': the"
            " provided value is not of type 'Array'."
        )
    return structured_clone(arguments[0], transfer.items)


def _wrong_clone_parameter(index: int, kind: str) -> JsThrow:
    return wrong_parameter("structuredClone", "ServiceWorkerGlobalScope", index, kind)


GLOBAL_FUNCTIONS = {
    "btoa": native(btoa, "btoa"),
    "atob": native(atob, "atob"),
    "structuredClone": native(clone, "structuredClone"),
}
