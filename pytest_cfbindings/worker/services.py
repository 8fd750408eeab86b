"""Service bindings to what a test gives: an entrypoint's object, or a fetch handler."""

from collections.abc import Awaitable, Callable
from typing import Any

from ..durable_objects.rpc import Parcel, remote_error
from ..durable_objects.strands import deliver_here, send_outside
from ..durable_objects.stub import not_sent_here
from ..io_context import CURRENT
from ..javascript.errors import STOPS, JsThrow
from ..javascript.objects import JsObject, PropertyKey, method, native
from ..javascript.promises import JsPromise
from ..javascript.structured_clone import Cloning
from ..javascript.values import missing
from ..web.hand_over import handed_over
from ..web.request import fetcher_request
from ..web.response import Response
from .object_classes import PythonObject


class Service(JsObject):
    """A Fetcher. Values are cloned on their way, as they are between Workers."""

    __slots__ = ("_code", "target")

    class_name = "Fetcher"

    def __init__(self, target: Any) -> None:
        super().__init__()
        self.target = target
        self._code = PythonObject(
            target if hasattr(target, "fetch") else _as_object(target)
        )

    def __repr__(self) -> str:
        return f"<Service {self.target!r}>"

    def js_lookup(self, key: PropertyKey) -> object:
        found = super().js_lookup(key)
        if found is not missing or not isinstance(key, str) or key == "then":
            return found
        # The runtime cannot know which methods there are: every name is one.
        return native(lambda *arguments: self._call(key, arguments), key)

    def js_has(self, key: PropertyKey) -> bool:
        return self.js_lookup(key) is not missing

    def js_send(self) -> "Service":
        """What arrives when it is sent over RPC: it is the same service there."""
        return self

    def js_clone(self, _cloning: Cloning) -> JsObject:
        """Only RPC can carry it."""
        raise not_sent_here()

    def _call(self, name: str, arguments: tuple[object, ...]) -> JsPromise:
        parcel = Parcel(deliver_here)
        try:
            sent = parcel.pack_all(arguments)
        except JsThrow as refused:
            return JsPromise.rejected(refused.value)

        caller = CURRENT.get()

        async def call() -> object:
            try:
                result = await self._code.call(name, sent)
                return Parcel(deliver_here, caller).pack(result)
            finally:
                parcel.dispose()

        return _elsewhere(call)

    @method
    def fetch(self, *arguments: object) -> JsPromise:
        try:
            request = fetcher_request(arguments)
        except JsThrow as refused:
            return JsPromise.rejected(refused.value)

        caller = CURRENT.get()

        async def fetch() -> Response:
            return handed_over(request, await self._code.fetch(request), caller)

        return _elsewhere(fetch)


def _as_object(target: Any) -> Any:
    """A plain function is a fetch handler."""
    return (
        type("Handler", (), {"fetch": staticmethod(target)})()
        if callable(target)
        else target
    )


def _elsewhere(body: Callable[[], Awaitable[object]]) -> JsPromise:
    """Run code that is no part of the running event."""

    async def run() -> object:
        try:
            return await body()
        except STOPS:
            raise
        except BaseException as raised:
            raise remote_error(raised) from None

    return send_outside(run)
