"""What stands here for objects of the runtime: each use of one is a use over there."""

from collections.abc import Sequence
from typing import NoReturn

from ..calls import CallLog
from ..javascript.objects import (
    JsFunction,
    JsObject,
    PropertyKey,
)
from ..javascript.promises import JsPromise
from ..javascript.values import missing
from ..web.readable_streams import ReadableStream
from .links import Link
from .streams import to_send

# These do nothing that global scope forbids.
_NO_IO = frozenset(("prepare", "bind", "withSession", "getBookmark"))
_RECORDED = frozenset(
    (
        *("KvNamespace", "D1Database", "D1DatabaseSession", "D1PreparedStatement"),
        *("R2Bucket", "DurableObjectNamespace"),
    )
)


class RemoteObject(JsObject):
    """An object of a class of the runtime. `own` are its own properties' names."""

    __slots__ = ("link", "own")

    class_name = "RemoteObject"

    def __init__(self, link: Link, own: frozenset[str]) -> None:
        super().__init__()
        self.link = link
        self.own = own

    def __repr__(self) -> str:
        return f"<{self.class_name} of workerd's env.{self.link.binding.name}>"

    @property
    def calls(self) -> CallLog | None:
        """What was called, of a binding."""
        return self.link.binding.calls if self.link.number is None else None

    def js_lookup(self, key: PropertyKey) -> object:
        if key in self.own and isinstance(key, str):
            return self.link.request("get", key)
        return super().js_lookup(key)

    def js_to_string(self) -> str:
        text = self.link.request("call", "toString")
        assert isinstance(text, str)
        return text

    def js_has(self, key: PropertyKey) -> bool:
        return key in self.own or super().js_has(key)

    def js_set(self, key: PropertyKey, value: object) -> None:
        if key in self.own and isinstance(key, str):
            self.link.request("set", key, (value,))
        else:
            super().js_set(key, value)

    def js_keys(self) -> list[str]:
        return sorted(self.own)

    def call(self, name: str, arguments: Sequence[object]) -> object:
        """Call a method; streams among its arguments are read before."""
        binding = self.link.binding
        if self.class_name in _RECORDED:
            binding.calls.record(name, arguments)
        if name not in _NO_IO:
            binding.scope.check()
        binding.connect().sections.check_turn()
        if any(isinstance(argument, ReadableStream) for argument in arguments):
            return JsPromise.run(self._call_with_streams(name, arguments))
        return self.link.request("call", name, arguments)

    async def _call_with_streams(
        self, name: str, arguments: Sequence[object]
    ) -> object:
        sent = [
            await to_send(argument)
            if isinstance(argument, ReadableStream)
            else argument
            for argument in arguments
        ]
        answer = self.link.request("call", name, sent)
        return await answer if isinstance(answer, JsPromise) else answer


class RemoteStub(RemoteObject):
    """A stub of an object whose class is the user's: its code does not run there."""

    __slots__ = ()

    class_name = "DurableObject"

    def js_lookup(self, key: PropertyKey) -> object:
        if key in self.own or key in JsObject.members or not isinstance(key, str):
            return super().js_lookup(key)
        return missing if key == "then" else JsFunction(self._skip, key, RemoteStub)

    def _skip(self, *_arguments: object) -> NoReturn:
        self.link.binding.skip(
            f"the class of env.{self.link.binding.name} is written in Python, and its"
            " code does not run inside of workerd"
        )


class RemoteFunction(JsFunction):
    """A function of the runtime."""

    __slots__ = ("link",)

    def __init__(self, link: Link, name: str) -> None:
        super().__init__(self._invoke, name)
        self.link = link

    def _invoke(self, _this: object, *arguments: object) -> object:
        return self.link.request("invoke", "", arguments)
