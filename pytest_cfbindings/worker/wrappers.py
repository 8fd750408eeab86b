"""What the SDK's wrappers of `env` remember between tests."""

import gc
import sys
from typing import Any

from ..javascript.objects import JsObject


def drop_cached_attributes(env: JsObject) -> None:
    """Forget the bindings that live wrappers of this `env` have cached.

    The SDK's `_EnvWrapper` keeps each binding as an attribute once it was read, and a
    module that did `from workers import env` keeps the wrapper. When another
    environment becomes active, what it kept would still answer.
    """
    rpc = sys.modules.get("workers.rpc")
    if rpc is None:
        return
    for wrapper in _live_wrappers(rpc._EnvWrapper, env):
        for name in [name for name in vars(wrapper) if name != "_env"]:
            delattr(wrapper, name)


def _live_wrappers(cls: type, env: JsObject) -> list[Any]:
    wrappers = [found for found in gc.get_objects() if type(found) is cls]
    return [
        wrapper
        for wrapper in wrappers
        if getattr(vars(wrapper).get("_env"), "__js__", None) is env
    ]
