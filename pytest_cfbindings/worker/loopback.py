"""`ctx.exports`: what the Worker's main module exports, without bindings for it."""

from typing import TYPE_CHECKING

from ..config import Config
from ..javascript.objects import JsObject, PropertyKey
from ..javascript.values import undefined
from .compatibility import is_on
from .main_module import exported_classes, load_main
from .refusal import RefusedBinding

if TYPE_CHECKING:
    from .durable_objects import DurableObjects


def exports_of(config: Config, objects: "DurableObjects | None") -> object:
    """An Object: the default entrypoint, the named ones, Durable Object classes.

    A Durable Object class that something declares is a namespace, whether or not it has
    a binding (measured). Entrypoints refuse to be used. Before the compatibility date
    2025-11-17 it is undefined.
    """
    import workers  # type: ignore[import-not-found, unused-ignore]

    if not is_on(
        config, "2025-11-17", "enable_ctx_exports", unless="disable_ctx_exports"
    ):
        return undefined
    classes = exported_classes(load_main(config))
    found: dict[PropertyKey, object] = {}
    for name in sorted(classes, key=lambda name: (name != "Default", name)):
        if issubclass(classes[name], workers.WorkerEntrypoint):
            key = "default" if name == "Default" else name
            found[key] = RefusedBinding(_refusal(key))
    for name in sorted(classes):
        if objects is not None and name in config.durable_object_classes:
            found[name] = objects.namespace(name)
    return JsObject(found)


def _refusal(name: str) -> str:
    return (
        f"ctx.exports.{name} is an entrypoint of this Worker, and pytest-cfbindings"
        " runs no entrypoint through ctx.exports: call the code itself, or bind it"
        " under [[services]] and have the test put something there with cf.provide."
    )
