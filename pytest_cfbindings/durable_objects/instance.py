"""One instance of an object's class: its gate, its `ctx` and its code."""

from ..javascript.promises import JsPromise
from .gate import ObjectGate
from .object_class import ObjectClass, ObjectCode
from .state import DurableObjectState


class Instance:
    """In memory from the first event until the object is evicted or reset."""

    __slots__ = ("_code", "_failure", "gate", "made", "state")

    def __init__(self, gate: ObjectGate, state: DurableObjectState) -> None:
        self.gate = gate
        self.state = state
        self._code: ObjectCode | None = None
        self._failure: Exception | None = None
        self.made = JsPromise()
        """Fulfilled once the first event can begin: constructors may wait, too."""

    def __repr__(self) -> str:
        return f"<Instance {self._failure or self._code!r}: {self.gate!r}>"

    def make(self, cls: ObjectClass) -> None:
        """Run the constructor."""
        try:
            self._code = cls.construct(self.state)
        except Exception as raised:
            self._failure = raised

    @property
    def code(self) -> ObjectCode:
        """The object's code.

        A constructor in Python that raised has reset nothing, but raises again for each
        event of the instance, until the object is evicted (read in workerd).
        """
        if self._failure is not None:
            raise self._failure
        assert self._code is not None
        return self._code
