"""What the compatibility date says about WebSockets."""

from ..config import Config
from ..web.socket_end import SocketOptions
from .compatibility import is_on


def socket_options(config: Config) -> SocketOptions:
    """How the Worker's WebSockets behave (documented, measured at dates)."""
    as_blob = is_on(
        config,
        "2026-03-17",
        "websocket_standard_binary_type",
        unless="no_websocket_standard_binary_type",
    )
    replies = is_on(
        config,
        "2026-04-07",
        "web_socket_auto_reply_to_close",
        unless="web_socket_manual_reply_to_close",
    )
    return SocketOptions("blob" if as_blob else "arraybuffer", replies)
