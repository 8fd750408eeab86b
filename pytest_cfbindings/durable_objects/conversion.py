"""How the runtime converts what storage methods are given and give (measured)."""

from collections.abc import Sequence

from ..javascript.arguments import warn_of_unknown_options, wrong_parameter
from ..javascript.arrays import JsArray
from ..javascript.conversions import to_string
from ..javascript.date_arguments import date_argument
from ..javascript.maps import JsMap
from ..javascript.objects import JsFunction, JsObject
from ..javascript.text import utf8_decode, wtf8_encode
from ..javascript.v8_reader import deserialize
from ..javascript.values import is_nullish, undefined
from .entries import Pair

Arguments = tuple[object, ...]


def argument(arguments: Arguments, index: int) -> object:
    """The argument at a place that counts from 1; undefined if there is none."""
    return arguments[index - 1] if len(arguments) >= index else undefined


def to_key(value: object) -> bytes:
    """Any value's text in WTF-8: half a surrogate pair keeps its three bytes."""
    return wtf8_encode(to_string(value))


def key_text(key: bytes) -> str:
    """A key as it comes back: three U+FFFD stand for half a surrogate pair."""
    return utf8_decode(key)


def to_keys(
    operation: str, interface: str, arguments: Arguments
) -> bytes | list[bytes]:
    """The first argument: one key, or an Array of them.

    Raises a JavaScript TypeError if it is missing.
    """
    if not arguments:
        raise wrong_parameter(operation, interface, 1, "string or Array")
    first = arguments[0]
    return (
        [to_key(item) for item in first.items]
        if isinstance(first, JsArray)
        else to_key(first)
    )


def check_options(
    operation: str, interface: str, arguments: Arguments, index: int, kind: str
) -> None:
    """Options have no effect on a test's storage, but they have to be an object.

    Raises a JavaScript TypeError for anything else but null and undefined.
    """
    value = argument(arguments, index)
    if is_nullish(value):
        return
    if not isinstance(value, JsObject):
        raise wrong_parameter(operation, interface, index, kind)
    if not isinstance(value, JsFunction):
        warn_of_unknown_options(f"Durable Object {operation}", value, _OPTIONS[kind])


_OPTIONS = {
    "GetOptions": ("allowConcurrency", "noCache"),
    "PutOptions": ("allowConcurrency", "allowUnconfirmed", "noCache"),
    "GetAlarmOptions": ("allowConcurrency",),
    "SetAlarmOptions": ("allowConcurrency", "allowUnconfirmed"),
    "TransactionOptions": ("lowPriority",),
}


def to_instant(operation: str, interface: str, arguments: Arguments) -> int:
    """The first argument, a Date or a number, in whole epoch milliseconds.

    Raises a JavaScript TypeError for anything else, and for a moment whose nanoseconds
    do not fit into 64 bits.
    """
    date = date_argument(argument(arguments, 1))
    if date is None:
        raise wrong_parameter(operation, interface, 1, "date")
    return date


def map_of(pairs: Sequence[Pair]) -> JsMap:
    """The Map that get and list give, in the order of the pairs."""
    return JsMap((key_text(key), deserialize(value)) for key, value in pairs)
