"""A connection to a runtime: requests and answers as JSON, and the objects it knows."""

import json
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from ..javascript.objects import JsObject
from .websocket import ConnectionLost, WebSocket

Lost = Callable[[str, Exception], NoReturn]
"""Told what was asked of a runtime that does not answer, and how that showed."""


class Connection:
    """One context of the runtime, which knows the objects it gave until it is closed.

    `objects` are those that stand here for objects over there, by their numbers.
    """

    def __init__(self, socket: WebSocket, lost: Lost) -> None:
        self._socket = socket
        self._lost = lost
        self._roots: dict[str, list[Any]] = {}
        self.objects: dict[int, JsObject] = {}
        self.is_open = True

    def root(self, name: str) -> list[Any]:
        """The description of an object that the runtime knows by a name."""
        found = self._roots.get(name)
        if found is None:
            answer = self.ask({"operation": "root", "name": name}, f"env.{name}")
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
            self._socket.close()
