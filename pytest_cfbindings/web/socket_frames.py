"""What travels over a WebSocket's connection."""

from dataclasses import dataclass

DISCONNECTED = "WebSocket disconnected without sending Close frame."
TOO_LARGE = "Message is too large"


@dataclass(frozen=True, slots=True)
class Message:
    """A text or a binary message."""

    data: str | bytes


@dataclass(frozen=True, slots=True)
class Close:
    """The other side sends nothing more; without a code of its own it is 1005."""

    code: int = 1005
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """The other side is gone without a word."""

    code: int = 1006
    reason: str = DISCONNECTED


@dataclass(frozen=True, slots=True)
class Broken:
    """The other side broke the protocol: with a message that is too large."""

    code: int = 1009
    description: str = TOO_LARGE

    def message(self) -> str:
        """The text of the Error that workerd makes of it (measured)."""
        return (
            f"WebSocket protocol error; protocolError.statusCode = {self.code};"
            f" protocolError.description = {self.description}"
        )


Frame = Message | Close | Lost | Broken
