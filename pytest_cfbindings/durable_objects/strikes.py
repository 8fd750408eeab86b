"""What a test has arranged for calls: a lost answer, a reset, a commit that fails."""

from collections.abc import Callable

from ..interference import Strike
from ..javascript.errors import JsError, JsThrow
from ..javascript.promises import JsPromise
from .actor import Actor, Body
from .gate import ObjectGate
from .instance import Instance
from .rpc import copy_of
from .strands import CURRENT, Terminated


def lose_answer(
    strike: Strike, event: Body, break_stub: Callable[[JsError], None]
) -> Body:
    """The event, whose result does not arrive; what it raised itself does."""

    async def lost(instance: Instance) -> object:
        try:
            await event(instance)
        except BaseException:
            strike.spared()
            raise
        break_stub(strike.cause)
        strike.happened()
        raise JsThrow(copy_of(strike.cause))

    return lost


def struck(
    strike: Strike, actor: Actor, event: Body
) -> tuple[Body, Callable[[JsPromise], None]]:
    """The event, in which the object is reset, and what to do when it is settled."""
    if strike.end == "commit":
        return _commit_fails(strike, actor, event)
    doom = ResetAt(strike)

    async def doomed(instance: Instance) -> object:
        strand = CURRENT.get()
        assert strand is not None
        doom.gate, strand.doom = instance.gate, doom
        result = await event(instance)
        doom.is_last_turn = True
        return result

    return doomed, doom.settled


class ResetAt:
    """Resets the object at the end of one turn of an event; see `strands.Doom`."""

    def __init__(self, strike: Strike) -> None:
        self._strike = strike
        self._turn = 0
        self._has_happened = False
        self.gate: ObjectGate | None = None
        self.is_last_turn = False
        """Whether the event has its result, and its last turn is about to end."""

    def before_commit(self) -> None:
        self._turn += 1
        if not self._strike.after_effect and self._turn == self._strike.turn:
            self._reset()

    def after_commit(self) -> None:
        if self._strike.after_effect and self.is_last_turn:
            self._reset()

    def _reset(self) -> None:
        assert self.gate is not None
        self._has_happened = True
        self._strike.happened()
        self.gate.reset(JsThrow(self._strike.cause))
        raise Terminated

    def settled(self, _promise: JsPromise) -> None:
        """The call is over: it had fewer turns, or has failed, if nothing happened."""
        if not self._has_happened:
            self._strike.spared()


def _commit_fails(
    strike: Strike, actor: Actor, event: Body
) -> tuple[Body, Callable[[JsPromise], None]]:
    """The same, by the first commit of the object from the event's beginning on."""
    transactions = actor.store.transactions

    def refusal() -> JsThrow:
        strike.happened()
        return JsThrow(strike.cause)

    async def doomed(instance: Instance) -> object:
        transactions.refusal = refusal
        return await event(instance)

    def settled(_promise: JsPromise) -> None:
        if transactions.refusal is refusal:
            transactions.refusal = None
            strike.spared()

    return doomed, settled
