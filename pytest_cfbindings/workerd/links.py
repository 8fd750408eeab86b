"""Where an object of the runtime is, and what it answers to what is asked of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from ..calls import CallLog
from ..global_scope import GlobalScope
from ..javascript.errors import JsThrow, error
from ..javascript.promises import JsPromise
from ..web.headers import Headers
from .connection import Connection
from .messages import Decoder, Encoder, Holder

Hold = Callable[["Binding", Connection], Holder]
"""Gives what knows the objects of a connection."""


@dataclass(frozen=True, slots=True, eq=False)
class Binding:
    """A name that the runtime knows: `connect` gives the test's connection to it."""

    name: str
    connect: Callable[[], Connection]
    scope: GlobalScope
    skip: Callable[[str], NoReturn]
    hold: Hold
    calls: CallLog = field(default_factory=CallLog)


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """Where an object is: that of a binding, or one that a connection has given."""

    binding: Binding
    number: int | None = None
    connection: Connection | None = None

    def number_in(self, connection: Connection) -> int:
        """The object's number. Raises a JavaScript Error for one that is no more."""
        if self.number is None:
            number: int = connection.root(self.binding.name)[0]
            return number
        if connection is not self.connection:
            raise error(
                f"This object of env.{self.binding.name} is of a test that has ended,"
                " or of a Durable Object that was reset."
            )
        return self.number

    def request(
        self, operation: str, name: str = "", arguments: Sequence[object] = ()
    ) -> object:
        """What an operation gives over there: a promise of it if it is one there.

        Raises JsThrow with what it throws, and with why a Durable Object was reset.
        """
        kind, value = self.ask(operation, name, arguments)
        match kind:
            case "thrown" | "reset":
                raise JsThrow(value)
            case "resolved":
                return JsPromise.resolved(value)
            case "rejected":
                return JsPromise.rejected(value)
            case "promised":
                return self.binding.connect().promise()
        return value

    def result(self, name: str, *arguments: object) -> object:
        """What a method gives, or what its promise has already become.

        Raises JsThrow with what it throws, or is rejected with.
        """
        answer = self.request("call", name, arguments)
        if not isinstance(answer, JsPromise):
            return answer
        if answer.state == "rejected":
            raise JsThrow(answer.outcome)
        return answer.outcome

    def ask(
        self, operation: str, name: str = "", arguments: Sequence[object] = ()
    ) -> tuple[str, object]:
        """How an operation ended over there, in a word, and with what."""
        connection = self.binding.connect()
        encoder = Encoder(self.binding.hold(self.binding, connection))
        message = {
            "operation": operation,
            "target": self.number_in(connection),
            "name": name,
            "values": [encoder.encode(argument) for argument in arguments],
        }
        answer = connection.ask(
            message, f"env.{self.binding.name}, {name or operation}"
        )
        _show_changes(arguments, answer.get("headers"))
        return self.read(answer)

    def read(self, answer: Mapping[str, Any]) -> tuple[str, object]:
        """The same, of an answer to whatever was asked."""
        connection = self.binding.connect()
        kind: str = answer["kind"]
        decoder = Decoder(self.binding.hold(self.binding, connection))
        if kind == "reset":
            connection.close()
        return kind, decoder.decode(answer["value"])


def _show_changes(arguments: Sequence[object], headers: Any) -> None:
    """Show in Headers of ours what was set in their copies over there."""
    for argument, fields in zip(arguments, headers or (), strict=False):
        if isinstance(argument, Headers) and fields is not None:
            argument.become([(name, value) for name, value in fields])
