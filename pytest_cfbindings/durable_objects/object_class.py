"""What stands behind a namespace: a class in the Worker's language.

Objects are JavaScript on this side. How a class of another language takes part is the
matter of whoever hands in these two.
"""

from collections.abc import Sequence
from typing import Protocol

from ..javascript.objects import JsObject
from ..web.request import Request
from ..web.response import Response
from .state import DurableObjectState


class ObjectCode(Protocol):
    """One instance of the class."""

    async def call(self, method: str, arguments: Sequence[object]) -> object:
        """Call a method over RPC. Raises JsThrow for one that is not there."""

    async def fetch(self, request: Request) -> Response:
        """Have it answer a request."""

    async def alarm(self, info: JsObject) -> None:
        """Run its alarm handler."""

    async def handle_socket(self, handler: str, arguments: Sequence[object]) -> None:
        """Run a handler such as webSocketMessage, with raw arguments."""


class ObjectClass(Protocol):
    """The class that a namespace makes objects of."""

    def check(self) -> None:
        """Raises for a class that the Worker does not have."""

    def construct(self, state: DurableObjectState) -> ObjectCode:
        """A new instance. What its constructor raises is raised."""
