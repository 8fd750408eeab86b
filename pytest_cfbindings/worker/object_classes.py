"""The Python classes behind Durable Object namespaces, as workerd's glue calls them."""

import sys
from asyncio import CancelledError
from collections.abc import Callable, Sequence
from functools import partial
from inspect import isawaitable
from types import ModuleType
from typing import Any

from ..config import Config
from ..durable_objects.state import DurableObjectState
from ..ffi.crossing import to_javascript, to_python
from ..ffi.relaxed_call import relaxed_call
from ..io_context import CURRENT
from ..javascript.errors import STOPS, JsThrow, PythonError, type_error
from ..javascript.objects import JsObject
from ..web.request import Request
from ..web.response import Response
from .handlers import method_name
from .main_module import exported_classes, load_main
from .no_threads import no_threads
from .refusal import UnusableBinding
from .responses import checked_response

_STOPS = (*STOPS, CancelledError)
"""A cancellation is told apart by whoever may have asked for it."""

_OWN = ("ctx", "env")
"""What the instance itself has, and not its class, is hidden from RPC (measured)."""


class PythonClass:
    """A class of the Worker's main module, found when it is first needed."""

    def __init__(self, name: str, config: Config, env: JsObject) -> None:
        self.name = name
        self._config = config
        self._env = env
        self._module: ModuleType | None = None

    def __repr__(self) -> str:
        return f"<PythonClass {self.name}>"

    def check(self) -> None:
        """Raises UnusableBinding if the main module does not export the class."""
        self._found()

    def construct(self, state: DurableObjectState) -> "PythonObject":
        """Make an instance, with `ctx` and `env`."""
        cls = self._found()
        no_threads()
        CURRENT.set(None)
        try:
            instance = cls(to_python(state), to_python(self._env))
            return PythonObject(instance, partial(method_name, self._config))
        except _STOPS:
            raise
        except BaseException as raised:
            raise _thrown(raised) from None

    def _found(self) -> type:
        import workers  # type: ignore[import-not-found, unused-ignore]

        module = self._main()
        classes = exported_classes(module)
        found = classes.get(self.name)
        if found is not None and issubclass(found, workers.DurableObject):
            return found
        names = [n for n, c in classes.items() if issubclass(c, workers.DurableObject)]
        assert self._config.main is not None
        raise UnusableBinding(
            "Your Worker depends on the following Durable Objects, which are not"
            f" exported in your entrypoint file: {self.name}.\nYou should export these"
            f" objects from your entrypoint, {self._config.main.name}. Its Durable"
            f" Object classes are {', '.join(sorted(names)) or 'none at all'}: a class"
            " counts if it is a public name of the module and extends"
            " workers.DurableObject."
        )

    def _main(self) -> ModuleType:
        """The main module, looked for again only when it was imported anew."""
        module = self._module
        if module is None or sys.modules.get(module.__name__) is not module:
            module = self._module = load_main(self._config)
        return module


class PythonObject:
    """An instance: any attribute that can be called can be called over RPC."""

    def __init__(
        self, instance: Any, method_of: Callable[[str], str] = lambda name: name
    ) -> None:
        self.instance = instance
        self._method_of = method_of
        """The name of the method that handles an event."""

    def __repr__(self) -> str:
        return f"<PythonObject {self.instance!r}>"

    async def call(self, method: str, arguments: Sequence[object]) -> object:
        """Call a method with what the SDK makes of the arguments."""
        import workers

        CURRENT.set(None)
        if method in _OWN:
            raise type_error(
                f'The RPC receiver does not implement the method "{method}".'
            )
        function = self._method(method)
        received = [
            workers.python_from_rpc(to_python(argument)) for argument in arguments
        ]
        try:
            result = function(*received)
            if isawaitable(result):
                result = await result
            return to_javascript(workers.python_to_rpc(result))
        except _STOPS:
            raise
        except BaseException as raised:
            raise _thrown(raised) from None

    async def fetch(self, request: Request) -> Response:
        """Call the `fetch` method with the SDK's Request."""
        import workers

        CURRENT.set(None)
        handler = self._method(self._method_of("fetch"))
        try:
            # `env` and `ctx`, which the constructor had, come as None (measured).
            received = workers.python_from_rpc(to_python(request))
            result = relaxed_call(handler, received, None, None)
            if isawaitable(result):
                result = await result
            answer = to_javascript(workers.python_to_rpc(result))
        except _STOPS:
            raise
        except BaseException as raised:
            raise _thrown(raised) from None
        return checked_response(answer)

    async def alarm(self, info: JsObject) -> None:
        """Call the alarm handler with the raw object, which it need not take."""
        await self._handle("alarm", [info])

    async def handle_socket(self, handler: str, arguments: Sequence[object]) -> None:
        """Call a WebSocket handler with raw values, not all of which it need take."""
        await self._handle(handler, arguments)

    async def _handle(self, name: str, arguments: Sequence[object]) -> None:
        CURRENT.set(None)
        handler = self._method(self._method_of(name))
        try:
            result = relaxed_call(handler, *map(to_python, arguments))
            if isawaitable(result):
                await result
        except _STOPS:
            raise
        except BaseException as raised:
            raise _thrown(raised) from None

    def _method(self, name: str) -> Any:
        found = getattr(self.instance, name, None)
        if not callable(found):
            raise type_error(f"Method {name} does not exist")
        return found


def _thrown(raised: BaseException) -> JsThrow:
    """What JavaScript sees: a PythonError with the text of the traceback.

    So does a JavaScript error that Python has raised again, or has not caught
    (measured): its class and message are the last line of that text.
    """
    if raised.__traceback__ is not None:  # Its first frame is our call.
        raised.__traceback__ = raised.__traceback__.tb_next
    return JsThrow(PythonError.of(raised))
