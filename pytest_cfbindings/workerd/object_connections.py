"""The connections to Durable Objects of one test, whose storage ends with it."""

from ..javascript.errors import error
from .backend import Backend
from .connection import Connection

_PARTS = {"storage.sql": "sql", "storage.kv": "kv"}


class ObjectConnections:
    """A connection to each object that the test has used."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._connections: dict[tuple[str, str], Connection] = {}
        self._has_ended = False

    @property
    def is_used(self) -> bool:
        """Whether the test has used any."""
        return bool(self._connections)

    def connection(self, namespace: str, digits: str) -> Connection:
        """That to an object of a namespace; another one after a reset of the object.

        Raises a JavaScript Error when the test is over.
        """
        if self._has_ended:
            raise error(f"This storage of env.{namespace} is of a test that has ended.")
        found = self._connections.get((namespace, digits))
        if found is None or not found.is_open:
            found = self._backend.connect(_PARTS, namespace=namespace, object=digits)
            self._connections[namespace, digits] = found
        return found

    def end(self) -> None:
        """Empty the objects, whose ids are those of every test."""
        for key, connection in self._connections.items():
            if not connection.sections.is_idle:
                # What the test has left open is undone.
                connection.close()
            if self._backend.is_running:
                remaining = self.connection(*key)
                remaining.ask({"operation": "wipe"}, "to empty an object")
                remaining.close()
        self._has_ended = True
