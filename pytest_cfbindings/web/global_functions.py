"""The web platform's functions on globalThis: timers, Base64, clones."""

import base64
import binascii
import uuid

from ..javascript.arguments import wrong_parameter
from ..javascript.arrays import JsArray, checked_function
from ..javascript.conversions import to_string
from ..javascript.errors import JsThrow, dom_exception, type_error
from ..javascript.microtasks import queue
from ..javascript.numeric import to_number
from ..javascript.objects import JsObject, native
from ..javascript.structured_clone import structured_clone
from ..javascript.values import is_nullish, undefined


def set_timeout(
    callback: object = undefined, delay: object = 0, *arguments: object
) -> object:
    import asyncio

    function = checked_function(callback)
    seconds = max(to_number(delay), 0) / 1000
    handle = asyncio.get_running_loop().call_later(
        seconds, lambda: function.invoke(undefined, arguments)
    )
    return JsTimeout(handle)


class JsTimeout(JsObject):
    """What setTimeout returns."""

    __slots__ = ("handle",)

    class_name = "Timeout"

    def __init__(self, handle: object) -> None:
        super().__init__()
        self.handle = handle


def clear_timeout(timeout: object = undefined) -> None:
    if isinstance(timeout, JsTimeout):
        cancel = getattr(timeout.handle, "cancel", None)
        if cancel is not None:
            cancel()


def queue_microtask(callback: object = undefined) -> None:
    function = checked_function(callback)
    queue(lambda: function.invoke(undefined, ()))


def btoa(text: object = undefined) -> str:
    try:
        return base64.b64encode(to_string(text).encode("latin-1")).decode()
    except UnicodeEncodeError:
        raise dom_exception(
            "InvalidCharacterError",
            "btoa() can only operate on characters in the Latin1 (ISO/IEC 8859-1)"
            " range.",
        ) from None


def atob(text: object = undefined) -> str:
    given = "".join(to_string(text).split())
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
    "setTimeout": native(set_timeout, "setTimeout"),
    "clearTimeout": native(clear_timeout, "clearTimeout"),
    "queueMicrotask": native(queue_microtask, "queueMicrotask"),
    "btoa": native(btoa, "btoa"),
    "atob": native(atob, "atob"),
    "structuredClone": native(clone, "structuredClone"),
    "crypto": JsObject({"randomUUID": native(lambda: str(uuid.uuid4()), "randomUUID")}),
}
