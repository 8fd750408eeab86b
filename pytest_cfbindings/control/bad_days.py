"""Powers over the network between a Worker and its storage."""

from contextlib import AbstractContextManager

from .. import place
from .powers import Powers


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
