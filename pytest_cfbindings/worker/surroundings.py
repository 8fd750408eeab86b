"""What all environments of a session share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..clock import Clock
from ..conditions import Conditions
from ..global_scope import GlobalScope
from ..javascript.objects import JsObject
from ..javascript.promises import JsPromise

if TYPE_CHECKING:
    from ..durable_objects.tasks import ObjectTasks


@dataclass(slots=True)
class Surroundings:
    """The clock, the global scope, the one `env`, and what keeps promises.

    `keep` takes what a Durable Object leaves for later, and gives the promise of it;
    `conditions` are what the running test asks of production.
    """

    clock: Clock
    scope: GlobalScope
    env: JsObject
    keep: Callable[[object], JsPromise | None]
    conditions: Conditions = field(default_factory=Conditions)
    _tasks: "ObjectTasks | None" = field(default=None, init=False)

    def object_tasks(self) -> "ObjectTasks":
        """The task factory of Durable Objects, made when it is first needed."""
        if self._tasks is None:
            from ..durable_objects.tasks import ObjectTasks

            self._tasks = ObjectTasks()
        return self._tasks
