"""A connection to a runtime: requests and answers as JSON, and the objects it knows."""

import json
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from ..javascript.objects import JsObject
from .sections import Sections
from .websocket import ConnectionLost, WebSocket

Lost = Callable[[str, Exception], NoReturn]
"""Told what was asked of a runtime that does not answer, and how that showed."""


_GONE = "The Durable Object of this transaction is gone, or its test has ended."


class Connection:
    """One context of the runtime, which knows the objects it gave until it is closed.

    `names` are what the runtime calls bindings. `objects` are those that stand here for
    objects over there, by their numbers. `sections` are the transactions of an object.
    """

    def __init__(self, socket: WebSocket, names: Mapping[str, str], lost: Lost) -> None:
        self._socket = socket
        self._names = names
        self._lost = lost
        self._roots: dict[str, list[Any]] = {}
        self.objects: dict[int, JsObject] = {}
        self.sections = Sections()
        self.is_open = True

    def root(self, name: str) -> list[Any]:
        """The description of an object that the runtime knows by a name."""
        found = self._roots.get(name)
        if found is None:
            message = {"operation": "root", "name": self._names.get(name, name)}
            answer = self.ask(message, f"env.{name}")
            found = self._roots[name] = answer["value"][1:]
        return found

    def ask(self, message: Mapping[str, object], shown: str) -> dict[str, Any]:
        """The answer to a message, waited for; `shown` is the message for people."""
        try:
            answer: dict[str, Any] = json.loads(self._socket.ask(json.dumps(message)))
        except (ConnectionLost, TimeoutError) as error:
            self.close()
            self._lost(shown, error)
        return answer

    def close(self) -> None:
        """Have the runtime forget the objects that it gave."""
        if self.is_open:
            self.is_open = False
            self.objects.clear()
            self.sections.give_up(_GONE)
            self._socket.close()
