"""The rate limiters of a configuration."""

from ..calls import CallLog
from ..clock import Clock
from ..config import Config
from ..global_scope import GlobalScope
from ..javascript.objects import PropertyKey
from ..rate_limits.counters import Counters
from ..rate_limits.rate_limiter import Ratelimit


class RateLimits:
    """Rate limiters by binding, over the counters of their namespaces."""

    def __init__(self, config: Config, clock: Clock, scope: GlobalScope) -> None:
        limiters = config.rate_limiters
        self._counters = {each.namespace_id: Counters(clock) for each in limiters}
        self._limiters: dict[PropertyKey, Ratelimit] = {
            each.binding: Ratelimit(
                self._counters[each.namespace_id], each.limit, each.period, scope
            )
            for each in limiters
        }

    def __repr__(self) -> str:
        return f"<RateLimits {', '.join(map(str, self._limiters))}>"

    @property
    def bindings(self) -> dict[PropertyKey, object]:
        """The rate limiters by name."""
        return dict(self._limiters)

    @property
    def logs(self) -> list[CallLog]:
        """The calls of the bindings."""
        return [limiter.calls for limiter in self._limiters.values()]

    def reset(self) -> None:
        """Forget every count."""
        for counters in self._counters.values():
            counters.reset()
