"""AbortController and AbortSignal (measured on workerd)."""

from collections.abc import Callable

from ..global_scope import check_io
from ..javascript.arguments import wrong_parameter
from ..javascript.arrays import JsArray
from ..javascript.errors import DOMException, JsThrow, type_error
from ..javascript.numeric import to_integer
from ..javascript.objects import JsObject, getter, method, static
from ..javascript.values import undefined
from .events import Event, EventTarget


class AbortSignal(EventTarget):
    """Tells when something is to be given up, and why."""

    __slots__ = ("_followers", "_reason", "is_aborted")

    class_name = "AbortSignal"

    def __init__(self) -> None:
        super().__init__()
        self.is_aborted = False
        self._reason: object = undefined
        self._followers: list[Callable[[object], None]] = []

    @classmethod
    def js_construct(cls) -> "AbortSignal":
        raise type_error("Illegal constructor")

    def give_up(self, reason: object = undefined) -> None:
        """Abort; once is enough. Without a reason it is an AbortError."""
        if self.is_aborted:
            return
        self.is_aborted = True
        self._reason = _reason() if reason is undefined else reason
        followers, self._followers = self._followers, []
        for follow in followers:
            follow(self._reason)
        self.tell(Event("abort"))

    def when_aborted(self, follow: Callable[[object], None]) -> None:
        """Call back with the reason in the moment it aborts, at once if it has."""
        if self.is_aborted:
            follow(self._reason)
        else:
            self._followers.append(follow)

    @static
    @staticmethod
    def abort(reason: object = undefined) -> "AbortSignal":
        check_io()
        made = AbortSignal()
        made.give_up(reason)
        return made

    @static
    @staticmethod
    def timeout(*arguments: object) -> "AbortSignal":
        import asyncio

        if not arguments:
            raise wrong_parameter("timeout", "AbortSignal", 1, "number")
        check_io()
        made = AbortSignal()
        late = DOMException("The operation was aborted due to timeout", "TimeoutError")
        seconds = max(to_integer(arguments[0]), 0) / 1000
        asyncio.get_running_loop().call_later(seconds, made.give_up, late)
        return made

    @static
    @staticmethod
    def any(signals: object = undefined) -> "AbortSignal":
        if not isinstance(signals, JsArray):
            raise wrong_parameter("any", "AbortSignal", 1, "Array")
        check_io()
        made = AbortSignal()
        for index, signal in enumerate(signals.items):
            if not isinstance(signal, AbortSignal):
                raise type_error(
                    f"Incorrect type for array element {index}: the provided value is"
                    " not of type 'AbortSignal'."
                )
            signal.when_aborted(made.give_up)
        return made

    @getter
    def aborted(self) -> bool:
        return self.is_aborted

    @getter
    def reason(self) -> object:
        return self._reason

    @method
    def throwIfAborted(self) -> None:
        if self.is_aborted:
            raise JsThrow(self._reason)


class AbortController(JsObject):
    """Aborts its signal."""

    __slots__ = ("_signal",)

    class_name = "AbortController"

    def __init__(self) -> None:
        super().__init__()
        self._signal = AbortSignal()

    @classmethod
    def js_construct(cls) -> "AbortController":
        check_io()
        return cls()

    @getter
    def signal(self) -> AbortSignal:
        return self._signal

    @method
    def abort(self, reason: object = undefined) -> None:
        self._signal.give_up(reason)


def _reason() -> DOMException:
    return DOMException("The operation was aborted", "AbortError")
