"""A connection to a runtime: requests and answers as JSON, and the objects it knows."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NoReturn

from ..javascript.objects import JsObject
from ..javascript.promises import JsPromise
from .at_once import AtOnce
from .sections import Sections
from .websocket import ConnectionLost, WebSocket

Lost = Callable[[str, Exception], NoReturn]
"""Told what was asked of a runtime that does not answer, and how that showed."""

Answer = dict[str, Any]

_GONE = "The Durable Object of this transaction is gone, or its test has ended."


class Connection:
    """One context of the runtime, which knows the objects it gave until it is closed.

    `names` are what the runtime calls bindings. `objects` are those that stand here for
    objects over there, by their numbers. `sections` are the transactions of an object,
    and `promises` what it has promised inside of a synchronous one.
    """

    def __init__(
        self, socket: WebSocket, names: Mapping[str, str], lost: Lost, at_once: AtOnce
    ) -> None:
        self._socket = socket
        self._names = names
        self._lost = lost
        self._at_once = at_once
        self._roots: dict[str, list[Any]] = {}
        self.objects: dict[int, JsObject] = {}
        self.sections = Sections()
        self.promises: list[JsPromise] = []
        self.is_open = True

    @property
    def is_waited_for(self) -> bool:
        """Whether the runtime waits for what is asked here."""
        return self._at_once.holder is self

    def root(self, name: str) -> list[Any]:
        """The description of an object that the runtime knows by a name."""
        found = self._roots.get(name)
        if found is None:
            message = {"operation": "root", "name": self._names.get(name, name)}
            answer = self.ask(message, f"env.{name}")
            found = self._roots[name] = answer["value"][1:]
        return found

    def ask(self, message: Mapping[str, object], shown: str) -> Answer:
        """The answer to a message, waited for; `shown` is the message for people."""
        self._at_once.check(self, shown)
        ask = self._at_once.ask if self.is_waited_for else self._socket.ask
        return self._waited(partial(ask, json.dumps(message)), shown)

    def begin(self, message: Mapping[str, object], shown: str) -> Answer:
        """Have the runtime wait for us, until `finish`; what it asks at first."""
        self._at_once.check(self, shown)

        def begun() -> str:
            self._socket.send(json.dumps(message))
            self._at_once.holder = self
            return self._at_once.asked()

        return self._waited(begun, shown)

    def finish(self, shown: str) -> Answer:
        """Have the runtime go on; the answer to the message with which that began."""

        def finished() -> str:
            self._at_once.leave()
            return self._socket.receive()

        return self._waited(finished, shown)

    def promise(self) -> JsPromise:
        """A promise that is settled when the runtime goes on."""
        promise = JsPromise()
        self.promises.append(promise)
        return promise

    def _waited(self, exchange: Callable[[], str], shown: str) -> Answer:
        try:
            answer: Answer = json.loads(exchange())
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
