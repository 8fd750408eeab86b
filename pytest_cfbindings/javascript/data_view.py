"""The getters and setters of DataView, one pair for each element type."""

import struct
from collections.abc import Callable
from typing import Any

from .buffers import DataView
from .conversions import truthy
from .objects import JsFunction
from .typed_array_class import JsTypedArray
from .typed_arrays import TYPED_ARRAYS, Uint8ClampedArray
from .values import JsBigInt, undefined


def _format(cls: type[JsTypedArray], little_endian: object) -> str:
    return ("<" if truthy(little_endian) else ">") + cls.code


def _getter(cls: type[JsTypedArray]) -> Callable[..., object]:
    def get(
        view: Any, offset: object = undefined, little_endian: object = undefined
    ) -> object:
        start = view.place(offset, cls.item_size())
        (item,) = struct.unpack_from(_format(cls, little_endian), view.view(), start)
        return JsBigInt(item) if cls.code in "qQ" else item

    return get


def _setter(cls: type[JsTypedArray]) -> Callable[..., None]:
    def set_item(
        view: Any,
        offset: object = undefined,
        value: object = undefined,
        little_endian: object = undefined,
    ) -> None:
        element = cls.element(value)
        start = view.place(offset, cls.item_size())
        struct.pack_into(_format(cls, little_endian), view.view(), start, element)

    return set_item


def add_element_methods() -> None:
    """Give DataView getInt8, setFloat64 and so on."""
    for cls in TYPED_ARRAYS:
        if cls is Uint8ClampedArray:
            continue
        kind = cls.class_name.removesuffix("Array")
        for name, make in (("get", _getter), ("set", _setter)):
            label = name + kind
            DataView.members[label] = JsFunction(make(cls), label, DataView)
