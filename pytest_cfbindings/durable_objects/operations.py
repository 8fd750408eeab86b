"""What DurableObjectStorage and DurableObjectTransaction have in common."""

from collections.abc import Callable
from functools import partial

from ..javascript.arguments import warn_of_surplus, wrong_parameter
from ..javascript.arrays import JsArray
from ..javascript.errors import type_error
from ..javascript.maps import JsMap
from ..javascript.objects import JsObject, method, own_entries
from ..javascript.promises import JsPromise
from ..javascript.v8_reader import deserialize
from ..javascript.v8_writer import serialize
from ..javascript.values import is_nullish, null, undefined
from .contract import Gate
from .conversion import (
    Arguments,
    argument,
    check_options,
    map_of,
    to_instant,
    to_key,
    to_keys,
)
from .entries import Entries, Pair
from .list_options import ListOptions


class StorageOperations(JsObject):
    """The asynchronous key-value operations, and the alarm's.

    Everything happens at the call, and the promise is settled when it is returned.
    What goes wrong rejects it; `delete` alone throws at the call (measured).
    """

    __slots__ = ("_gate",)

    class_name = "DurableObjectStorageOperations"

    def __init__(self, gate: Gate) -> None:
        super().__init__()
        self._gate = gate

    def entries(self, operation: str) -> Entries:
        """Where an operation takes place.

        Raises a JavaScript Error if there it can take place no more.
        """
        raise NotImplementedError

    def attempt(
        self, operation: Callable[[Arguments], object], arguments: Arguments
    ) -> JsPromise:
        """Do something with the storage, unless it is no longer accessible."""
        return JsPromise.attempt(partial(self._checked, operation, arguments))

    def _checked(
        self, operation: Callable[[Arguments], object], arguments: Arguments
    ) -> object:
        self._gate.check()
        return operation(arguments)

    @method
    def get(self, *arguments: object) -> JsPromise:
        warn_of_surplus("Durable Object get", arguments, 2)
        return self.attempt(self._get, arguments)

    def _get(self, arguments: Arguments) -> object:
        keys = to_keys("get", self.class_name, arguments)
        check_options("get", self.class_name, arguments, 2, "GetOptions")
        entries = self.entries("get()")
        if isinstance(keys, list):
            return map_of(entries.get_many(keys))
        found = entries.get(keys)
        return undefined if found is None else deserialize(found)

    @method
    def put(self, *arguments: object) -> JsPromise:
        warn_of_surplus("Durable Object put", arguments, 3)
        return self.attempt(self._put, arguments)

    def _put(self, arguments: Arguments) -> None:
        if not arguments:
            raise wrong_parameter("put", self.class_name, 1, "string or object")
        first, value = arguments[0], argument(arguments, 2)
        if isinstance(first, JsObject) and not isinstance(first, JsArray):
            named = list(own_entries(first))
            check_options("put", self.class_name, arguments, 3, "PutOptions")
            if not is_nullish(value) and not isinstance(value, JsObject):
                raise type_error(
                    "put() may only be called with a single key-value pair and"
                    " optional options as put(key, value, options) or with multiple"
                    " key-value pairs and optional options as put(entries, options)"
                )
            check_options("put", self.class_name, arguments, 2, "PutOptions")
            pairs = [_pair(name, item) for name, item in named if item is not undefined]
        else:
            key = to_key(first)
            check_options("put", self.class_name, arguments, 3, "PutOptions")
            if value is undefined:
                raise type_error("put() called with undefined value.")
            pairs = [(key, serialize(value))]
        self.entries("put()").put(pairs)

    @method
    def delete(self, *arguments: object) -> JsPromise:
        warn_of_surplus("Durable Object delete", arguments, 2)
        self._gate.check()
        keys = to_keys("delete", self.class_name, arguments)
        check_options("delete", self.class_name, arguments, 2, "PutOptions")
        entries = self.entries("delete()")
        if isinstance(keys, list):
            return JsPromise.resolved(entries.delete(keys))
        return JsPromise.resolved(entries.delete([keys]) > 0)

    @method
    def list(self, *arguments: object) -> JsPromise:
        warn_of_surplus("Durable Object list", arguments, 1)
        return self.attempt(self._list, arguments)

    def _list(self, arguments: Arguments) -> JsMap:
        options = ListOptions.read(argument(arguments, 1), self.class_name)
        keys = options.range()
        return JsMap() if keys is None else map_of(self.entries("list()").list(keys))

    @method
    def getAlarm(self, *arguments: object) -> JsPromise:
        return self.attempt(self._get_alarm, arguments)

    def _get_alarm(self, arguments: Arguments) -> object:
        check_options("getAlarm", self.class_name, arguments, 1, "GetAlarmOptions")
        found = self.entries("getAlarm()").alarm_ms()
        return null if found is None else found

    @method
    def setAlarm(self, *arguments: object) -> JsPromise:
        return self.attempt(self._set_alarm, arguments)

    def _set_alarm(self, arguments: Arguments) -> None:
        at_ms = to_instant("setAlarm", self.class_name, arguments)
        check_options("setAlarm", self.class_name, arguments, 2, "SetAlarmOptions")
        if at_ms <= 0:
            raise type_error("setAlarm() cannot be called with an alarm time <= 0")
        self.entries("setAlarm()").set_alarm(at_ms)

    @method
    def deleteAlarm(self, *arguments: object) -> JsPromise:
        return self.attempt(self._delete_alarm, arguments)

    def _delete_alarm(self, arguments: Arguments) -> None:
        check_options("deleteAlarm", self.class_name, arguments, 1, "SetAlarmOptions")
        self.entries("deleteAlarm()").set_alarm(None)


def _pair(name: str, value: object) -> Pair:
    return to_key(name), serialize(value)
