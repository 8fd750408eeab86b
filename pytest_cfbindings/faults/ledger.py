"""The faults of one test: what is armed, what has happened, what never did."""

from ..calls import CallLog
from .armed import Armed, BindingFaults, Fault
from .catalogue import Known, Product
from .d1 import D1
from .durable_objects import DURABLE_OBJECTS
from .kv import KV
from .r2 import R2
from .schedule import Schedule

PRODUCTS = {
    "KvNamespace": KV,
    "D1Database": D1,
    "R2Bucket": R2,
    "DurableObjectNamespace": DURABLE_OBJECTS,
}
"""By the class of the binding."""


class Ledger:
    """Faults by the log of the binding that they are armed for."""

    def __init__(self) -> None:
        self._armed: list[Armed] = []
        self._logs: list[CallLog] = []
        self._fired: list[Fault] = []

    def __repr__(self) -> str:
        return f"<Ledger: {len(self._armed)} armed, {len(self._fired)} fired>"

    def arm(
        self,
        name: str,
        target: object,
        method: str,
        error: str | int | None,
        schedule: Schedule,
        *,
        after_effect: bool,
        turn: int,
        must_fire: bool,
    ) -> Armed:
        """Arm a fault for a binding.

        Raises TypeError for a binding of another kind, and ValueError for a method or
        an error that the product does not have, or that cannot come at this moment.
        """
        product, log = _product_and_log(name, target)
        product.check_method(method)
        known = product.error(error)
        _check_moment(known, after_effect, turn)
        armed = Armed(
            name,
            method,
            known,
            schedule,
            after_effect=after_effect,
            turn=turn,
            must_fire=must_fire,
            log=self._fired.append,
        )
        self._faults_of(product, log).add(armed)
        self._armed.append(armed)
        return armed

    def _faults_of(self, product: Product, log: CallLog) -> BindingFaults:
        """Those of one binding, which its calls ask from now on."""
        if log.interference is None:
            log.interference = BindingFaults(product)
            self._logs.append(log)
        assert isinstance(log.interference, BindingFaults)
        return log.interference

    def fired(self) -> list[Fault]:
        """What has happened, in order."""
        return list(self._fired)

    def disarm(self) -> None:
        """Let every call pass from now on, and forget what has happened."""
        for armed in self._armed:
            armed.disarm()
        for log in self._logs:
            log.interference = None
        self._logs.clear()
        self._fired.clear()

    def complaint(self) -> str | None:
        """Which faults should have happened and never have, in words."""
        never = [armed for armed in self._armed if armed.must_fire and not armed.fired]
        if not never:
            return None
        lines = "".join(f"\n  {armed}: {_calls(armed)}" for armed in never)
        return (
            f"A fault was armed and never happened:{lines}\n"
            "The test has not seen what it is about. If that is as it should be, arm it"
            " with must_fire=False."
        )


def _product_and_log(name: str, target: object) -> tuple[Product, CallLog]:
    """What a binding is one of, and what its calls are written to."""
    product = PRODUCTS.get(getattr(target, "class_name", ""))
    log = getattr(target, "calls", None)
    if product is None or not isinstance(log, CallLog):
        raise TypeError(
            f"cf.fail() takes a KV, D1, R2 or Durable Object binding, and {name} is"
            " none"
        )
    return product, log


def _calls(armed: Armed) -> str:
    count = armed.calls
    return f"{count or 'no'} call{'' if count == 1 else 's'} of its kind"


def _check_moment(known: Known, after_effect: bool, turn: int) -> None:
    if known.refused and after_effect:
        raise ValueError(
            f"{known.name!r} turns a call away, which then has no effect: it cannot"
            " come after_effect=True"
        )
    if turn < 1:
        raise ValueError(f"turn= counts from 1, and is {turn!r}")
    if turn > 1 and (known.end != "reset" or after_effect):
        raise ValueError(
            "turn= says when an object is reset in the middle of a call, and"
            f" {known.name!r} does not reset it there"
        )
    if known.end == "commit" and after_effect:
        raise ValueError(
            f"{known.name!r} loses what a call wrote: it cannot come after_effect=True"
        )
