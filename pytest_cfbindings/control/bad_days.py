"""Powers over the network between a Worker and its storage."""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from .. import place
from .powers import Powers

if TYPE_CHECKING:
    from ..faults.armed import Armed, Fault


class BadDayPowers(Powers):
    """Has production be as it is at times: far away, late, broken."""

    def location(self, name: str) -> AbstractContextManager[None]:
        """Be in another of Cloudflare's locations: `with cf.location("fra"): ...`.

        What is called in the block reads and writes KV there, and so does what it
        starts, such as `cf.fetch`. A Durable Object stays where it was first asked for.
        Raises ValueError for an empty name, and RuntimeError unless the test asks for
        eventual consistency: all locations are one without.
        """
        if not name or not isinstance(name, str):
            raise ValueError(f"cf.location() takes a name such as 'fra', not {name!r}")
        if not self._session.conditions.kv_eventual:
            raise RuntimeError(
                "cf.location() needs KV's eventual consistency: mark the test with"
                ' @pytest.mark.cfbindings(kv_consistency="eventual"), or set the ini'
                " key cf_kv_consistency"
            )
        return place.at(name.lower())

    def fail(
        self,
        binding: Any,
        method: str,
        *,
        error: str | int | None = None,
        times: int | None = None,
        every: int | None = None,
        after: int = 0,
        after_effect: bool = False,
        turn: int = 1,
        probability: float | None = None,
        seed: int | None = None,
        must_fire: bool = True,
    ) -> "Armed":
        """Have calls fail as they do in production: `cf.fail(env.KV, "put")`.

        `method` is the Worker's, also one of a Durable Object's own, or "*" for any.
        `error` is a name such as "connection lost", or a number such as 429 or 10001;
        each product's are in its documentation, with their texts. Without one it is the
        most ordinary one.

        The first `after` calls pass. Then the next one fails, or `times` of them; with
        `every=n` each nth does, with `probability=p` each by chance, whose `seed` is 0
        or the marker's `random_seed`, and both go on unless `times` ends them.

        A call fails before it has any effect, and with `after_effect=True` when it has
        had it, so that only the answer is lost. An error that resets a Durable Object
        does so at the end of a `turn` of the call, whose writes are lost; a turn ends
        where the call waits for something outside of the object.

        The test fails if it never happened, unless `must_fire=False`. Raises ValueError
        and TypeError for what cannot be.
        """
        from ..faults.schedule import Schedule

        session = self._session
        name = session.name_of(binding, "fail")
        if seed is None:
            seed = session.conditions.random_seed or 0
        schedule = Schedule.of(
            times=times, every=every, after=after, probability=probability, seed=seed
        )
        return session.faults().arm(
            name,
            session.active_environment().bindings[name],
            method,
            error,
            schedule,
            after_effect=after_effect,
            turn=turn,
            must_fire=must_fire,
        )

    def faults(self) -> "list[Fault]":
        """The faults that happened in this test, in order.

        Each has `binding`, `method`, `error`, `call`, which of the calls that it is
        armed for it happened to, from 1, and `after_effect`.
        """
        return self._session.faults().fired()
