"""Event and EventTarget (measured on workerd)."""

from ..javascript.conversions import to_string, truthy
from ..javascript.errors import type_error
from ..javascript.objects import JsFunction, JsObject, getter, getter_as, method
from ..javascript.values import is_nullish, undefined


class Event(JsObject):
    """An event on its way."""

    __slots__ = ("_init", "is_prevented", "is_stopped", "kind", "receiver")

    class_name = "Event"

    def __init__(self, kind: str, init: JsObject | None = None) -> None:
        super().__init__()
        self.kind = kind
        self._init = init
        self.receiver: object = undefined
        self.is_prevented = False
        self.is_stopped = False

    @classmethod
    def js_construct(cls, *arguments: object) -> "Event":
        if not arguments:
            raise type_error(
                "Failed to construct 'Event': constructor parameter 1 is not of type"
                " 'JsString'."
            )
        kind, *rest = arguments
        init = rest[0] if rest and isinstance(rest[0], JsObject) else None
        return cls(to_string(kind), init)

    def given(self, name: str) -> object:
        """A field of the object it was made with."""
        return undefined if self._init is None else self._init.js_get(name)

    @getter_as("type")
    def _type(self) -> str:
        return self.kind

    @getter
    def target(self) -> object:
        return self.receiver

    @getter
    def currentTarget(self) -> object:
        return self.receiver

    @getter
    def bubbles(self) -> bool:
        return truthy(self.given("bubbles"))

    @getter
    def cancelable(self) -> bool:
        return truthy(self.given("cancelable"))

    @getter
    def composed(self) -> bool:
        return truthy(self.given("composed"))

    @getter
    def defaultPrevented(self) -> bool:
        return self.is_prevented

    @getter
    def returnValue(self) -> bool:
        return not self.is_prevented

    @getter
    def eventPhase(self) -> int:
        return 0

    @getter
    def isTrusted(self) -> bool:
        return False

    @method
    def preventDefault(self) -> None:
        self.is_prevented = self.cancelable()

    @method
    def stopPropagation(self) -> None:
        """There is nowhere that it could go."""

    @method
    def stopImmediatePropagation(self) -> None:
        self.is_stopped = True


class CustomEvent(Event):
    """An event with a value of the program's own."""

    __slots__ = ()

    class_name = "CustomEvent"

    @getter
    def detail(self) -> object:
        return self.given("detail")


class EventTarget(JsObject):
    """An object that tells listeners of events; `on<type>` is a listener, too."""

    __slots__ = ("_listeners",)

    class_name = "EventTarget"

    def __init__(self) -> None:
        super().__init__()
        self._listeners: dict[str, list[tuple[JsObject, bool]]] = {}

    @classmethod
    def js_construct(cls) -> "EventTarget":
        return cls()

    @method
    def addEventListener(
        self,
        kind: object = undefined,
        listener: object = undefined,
        options: object = undefined,
    ) -> None:
        if is_nullish(listener):
            return
        if not isinstance(listener, JsObject):
            raise type_error(
                "Failed to execute 'addEventListener' on 'EventTarget': parameter 2 is"
                " not of type 'function or HandlerObject'."
            )
        given = options if isinstance(options, JsObject) else JsObject()
        once = truthy(given.js_get("once"))
        follow = getattr(given.js_get("signal"), "when_aborted", None)
        if follow is not None:
            follow(lambda _reason: self.removeEventListener(kind, listener))
        known = self._listeners.setdefault(to_string(kind), [])
        if all(other is not listener for other, _ in known):
            known.append((listener, once))

    @method
    def removeEventListener(
        self, kind: object = undefined, listener: object = undefined
    ) -> None:
        known = self._listeners.get(to_string(kind), [])
        known[:] = [entry for entry in known if entry[0] is not listener]

    @method
    def dispatchEvent(self, event: object = undefined) -> bool:
        if not isinstance(event, Event):
            raise type_error(
                "Failed to execute 'dispatchEvent' on 'EventTarget': parameter 1 is not"
                " of type 'Event'."
            )
        self.tell(event)
        return not event.is_prevented

    def tell(self, event: Event) -> None:
        """Call what listens to the event: `on<type>` first, as workerd does."""
        event.receiver = self
        handler = self.js_get(f"on{event.kind}")
        if isinstance(handler, JsFunction):
            handler.invoke(self, (event,))
        for entry in list(self._listeners.get(event.kind, ())):
            if event.is_stopped:
                return
            listener, once = entry
            if once:
                self._listeners[event.kind].remove(entry)
            _call(listener, self, event)


def _call(listener: JsObject, this: EventTarget, event: Event) -> None:
    if isinstance(listener, JsFunction):
        listener.invoke(this, (event,))
        return
    handle = listener.js_get("handleEvent")
    if isinstance(handle, JsFunction):
        handle.invoke(listener, (event,))
