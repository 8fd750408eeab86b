"""`close(code, reason)` of a WebSocket: what workerd checks (measured)."""

from ..javascript.conversions import to_string
from ..javascript.errors import dom_exception
from ..javascript.numeric import to_int32_checked
from ..javascript.text import wtf8_encode
from ..javascript.values import undefined
from ..limits import WEBSOCKET_CLOSE_REASON_BYTES
from .socket_frames import Close

_RESERVED = (1004, 1005, 1006, 1015)


def checked_close(code: object, reason: object) -> Close:
    """The Close to send.

    Raises a JavaScript InvalidAccessError for a code that may not be sent and for a
    reason without a code, a SyntaxError for a reason that is too long.
    """
    if code is undefined:
        if reason is not undefined:
            raise dom_exception(
                "InvalidAccessError",
                "If you specify a WebSocket close reason, you must also specify a"
                " code.",
            )
        return Close()
    number = to_int32_checked(code)
    if not 1000 <= number <= 4999 or number in _RESERVED:
        raise dom_exception(
            "InvalidAccessError", f"Invalid WebSocket close code: {number}."
        )
    text = "" if reason is undefined else to_string(reason)
    limit = WEBSOCKET_CLOSE_REASON_BYTES.value
    if len(wtf8_encode(text)) > limit:
        raise dom_exception(
            "SyntaxError",
            f"WebSocket close reason must not be longer than {limit} bytes when UTF-8"
            " encoded.",
        )
    return Close(number, text)
