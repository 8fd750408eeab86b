"""DurableObjectNamespace: the binding."""

from ..calls import CallLog
from ..global_scope import GlobalScope
from ..javascript.arguments import warn_of_unknown_options, wrong_parameter
from ..javascript.conversions import to_string
from ..javascript.errors import range_error, type_error
from ..javascript.objects import JsObject, method
from ..javascript.text import as_utf8
from ..javascript.values import is_nullish, undefined
from .actors import Actors
from .ids import DurableObjectId, IdFactory
from .stub import DurableObjectStub, Target

_INTERFACE = "DurableObjectNamespace"
_OPTIONS = ("locationHint", "routingMode")
_ROUTING_MODES = ("primary-only",)


class DurableObjectNamespace(JsObject):
    """The objects of one class, or those of it in one jurisdiction."""

    __slots__ = ("_ids", "_scope", "actors", "binding", "calls")

    class_name = _INTERFACE

    def __init__(
        self,
        binding: str,
        actors: Actors,
        scope: GlobalScope,
        ids: IdFactory | None = None,
        calls: CallLog | None = None,
    ) -> None:
        super().__init__()
        self.binding = binding
        self.actors = actors
        self.calls = CallLog() if calls is None else calls
        self._ids = ids or actors.ids
        self._scope = scope

    def __repr__(self) -> str:
        return f"<DurableObjectNamespace {self.binding}: {self.actors!r}>"

    @method
    def idFromName(self, *arguments: object) -> DurableObjectId:
        self._use("idFromName", arguments)
        if not arguments:
            raise wrong_parameter("idFromName", _INTERFACE, 1, "string")
        return self._ids.from_name(to_string(arguments[0]))

    @method
    def idFromString(self, *arguments: object) -> DurableObjectId:
        self._use("idFromString", arguments)
        if not arguments:
            raise wrong_parameter("idFromString", _INTERFACE, 1, "string")
        found = self._ids.from_string(to_string(arguments[0]))
        self._check_jurisdiction(found)
        return found

    @method
    def newUniqueId(self, *arguments: object) -> DurableObjectId:
        self._use("newUniqueId", arguments)
        options = arguments[0] if arguments else undefined
        if is_nullish(options):
            return self._ids.unique()
        if not isinstance(options, JsObject):
            raise wrong_parameter("newUniqueId", _INTERFACE, 1, "NewUniqueIdOptions")
        warn_of_unknown_options("newUniqueId", options, ("jurisdiction",))
        region = options.js_get("jurisdiction")
        if is_nullish(region):
            return self._ids.unique()
        return self._ids.within(to_string(region)).unique()

    @method
    def get(self, *arguments: object) -> DurableObjectStub:
        self._use("get", arguments)
        id = arguments[0] if arguments else undefined
        if not isinstance(id, DurableObjectId):
            raise wrong_parameter("get", _INTERFACE, 1, "DurableObjectId")
        _check_options("get", arguments)
        if id.unique_key != self._ids.unique_key:
            # Local workerd accepts it, and makes another object of that id.
            raise type_error("Durable Object ID is not valid for this namespace.")
        self._check_jurisdiction(id)
        return self._stub(id)

    @method
    def getByName(self, *arguments: object) -> DurableObjectStub:
        self._use("getByName", arguments)
        if not arguments:
            raise wrong_parameter("getByName", _INTERFACE, 1, "string")
        name = to_string(arguments[0])
        _check_options("getByName", arguments)
        return self._stub(self._ids.from_name(name))

    @method
    def jurisdiction(self, *arguments: object) -> "DurableObjectNamespace":
        self._use("jurisdiction", arguments)
        given = arguments[0] if arguments else undefined
        region = None if is_nullish(given) else to_string(given)
        return DurableObjectNamespace(
            self.binding, self.actors, self._scope, self._ids.within(region), self.calls
        )

    def _use(self, name: str, arguments: tuple[object, ...]) -> None:
        """Record a call; the first one finds out whether the class is there."""
        self.calls.record(name, arguments)
        if not self._scope.is_entered:
            self.actors.cls.check()

    def _stub(self, id: DurableObjectId) -> DurableObjectStub:
        return DurableObjectStub(Target(self.actors, id, self.calls, self._scope))

    def _check_jurisdiction(self, id: DurableObjectId) -> None:
        if not self._ids.accepts(id):
            raise type_error(
                "get called on jurisdictional subnamespace but ID is from a different"
                " jurisdiction"
            )


def _check_options(operation: str, arguments: tuple[object, ...]) -> None:
    options = arguments[1] if len(arguments) > 1 else undefined
    if is_nullish(options):
        return
    if not isinstance(options, JsObject):
        raise wrong_parameter(operation, _INTERFACE, 2, "GetDurableObjectOptions")
    warn_of_unknown_options(operation, options, _OPTIONS)
    mode = options.js_get("routingMode")
    if mode is not undefined and to_string(mode) not in _ROUTING_MODES:
        raise range_error(f"unknown routingMode: {as_utf8(to_string(mode))}")
