"""The storage of a Durable Object, which runs one transaction at a time."""

from collections.abc import Sequence
from dataclasses import replace

from ..javascript.objects import JsFunction, PropertyKey
from ..javascript.promises import JsPromise
from .links import Link
from .objects import RemoteObject
from .synchronous_transactions import run_transaction_sync
from .transactions import run_transaction


class _Asynchronous(RemoteObject):
    """An object whose methods give promises, so that they can wait for their turn."""

    __slots__ = ()

    def call(self, name: str, arguments: Sequence[object]) -> object:
        if self.link.binding.connect().sections.is_running:
            return super().call(name, arguments)
        return JsPromise.run(self._call_later(name, arguments))

    async def _call_later(self, name: str, arguments: Sequence[object]) -> object:
        """Call a method when the transaction that is in the way has ended."""
        await self.link.binding.connect().sections.turn()
        answer = self.call(name, arguments)
        return await answer if isinstance(answer, JsPromise) else answer


class RemoteStorage(_Asynchronous):
    """`storage`, which outlasts a reset of the object, and so do its parts."""

    __slots__ = ("_parts",)

    class_name = "DurableObjectStorage"

    def __init__(self, link: Link, own: frozenset[str]) -> None:
        super().__init__(link, own)
        self._parts: dict[PropertyKey, RemoteObject] = {}

    def js_lookup(self, key: PropertyKey) -> object:
        if key in self._parts:
            return self._parts[key]
        found = super().js_lookup(key)
        if key in ("sql", "kv") and isinstance(found, RemoteObject):
            named = Link(replace(self.link.binding, name=f"storage.{key}"))
            found = self._parts[key] = type(found)(named, found.own)
        return found

    def call(self, name: str, arguments: Sequence[object]) -> object:
        binding, closure = self.link.binding, (*arguments, None)[0]
        if name == "transaction" and isinstance(closure, JsFunction):
            binding.scope.check()
            return run_transaction(self.link, *arguments)
        if name == "transactionSync":
            binding.connect().sections.check_turn()
            if isinstance(closure, JsFunction):
                binding.scope.check()
                return run_transaction_sync(self.link, closure)
        return super().call(name, arguments)


class RemoteTransaction(_Asynchronous):
    """`txn`, of which one thing is not asynchronous."""

    __slots__ = ()

    class_name = "DurableObjectTransaction"

    def call(self, name: str, arguments: Sequence[object]) -> object:
        if name == "rollback":
            return RemoteObject.call(self, name, arguments)
        return super().call(name, arguments)
