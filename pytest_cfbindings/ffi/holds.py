"""How long the Python object behind a proxy is JavaScript's to use."""

from typing import Any

from ..javascript.errors import error
from ..javascript.objects import JsObject
from ..javascript.promises import JsPromise

_DEBUG = (
    "\nFor more information about the cause of this error, use `pyodide.setDebug(true)`"
)
_BORROWED = (
    "This borrowed proxy was automatically destroyed {}."
    " Try using create_proxy or create_once_callable."
)
_BORROWED_ITEM = (
    "This borrowed proxy was automatically destroyed when an iterator was exhausted."
)
_BORROWED_ATTRIBUTE = (
    "This borrowed attribute proxy was automatically destroyed in the process of"
    " destroying the proxy it was borrowed from. Try using the 'copy' method."
)
_DESTROYED = "Object has already been destroyed"


class Hold:
    """The Python object behind a proxy, until the proxy is destroyed."""

    __slots__ = ("_target", "attributes", "promise", "roundtrip", "why_destroyed")

    def __init__(self, target: object) -> None:
        self._target = target
        self.roundtrip = False
        """Whether Python gets the proxy back from JavaScript, not the object."""
        self.why_destroyed: str | None = None
        self.attributes: dict[str, Any] = {}
        """The proxies of attributes that were read; they die with this one."""
        self.promise: JsPromise | None = None
        """What an awaitable becomes, from the moment it was started."""

    def target(self) -> Any:
        """The object. Raises a JavaScript Error once the proxy is destroyed."""
        if self.why_destroyed is not None:
            raise error(self.why_destroyed + _DEBUG)
        return self._target

    def last_target(self) -> object:
        """The object, whether the proxy still lives or not."""
        return self._target

    def destroy(self, why: str = _DESTROYED) -> None:
        """Destroy it for good; once is enough. `why` is what its users are told."""
        if self.why_destroyed is not None:
            return
        self.why_destroyed = why
        for attribute in self.attributes.values():
            attribute.hold.destroy(_BORROWED_ATTRIBUTE)

    def end_borrowing(self, when: str) -> None:
        """Destroy it as Pyodide destroys a borrowed proxy; it says when."""
        self.destroy(_BORROWED.format(when))

    def end_iteration(self) -> None:
        """Destroy it as Pyodide destroys what an iterator handed out."""
        self.destroy(_BORROWED_ITEM)


def hold_of(proxy: JsObject) -> Hold:
    """The hold of a PyProxy."""
    hold = getattr(proxy, "hold", None)
    assert isinstance(hold, Hold)
    return hold
