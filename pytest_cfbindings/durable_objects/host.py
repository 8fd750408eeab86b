"""The Worker that an object belongs to, as its `ctx` knows it."""

from collections.abc import Callable
from dataclasses import dataclass

from ..javascript.promises import JsPromise


@dataclass(frozen=True, slots=True)
class Host:
    """What it does for its objects.

    `wait_until` keeps what one leaves for later, and gives the promise of that if it is
    one; `exports` makes `ctx.exports`. `awaits_end_turns` says whether each `await` of
    its code ends the turn.
    """

    wait_until: Callable[[object], JsPromise | None]
    exports: Callable[[], object]
    awaits_end_turns: bool = False
