"""PyProxy.getBuffer: the bytes of a Python object as a typed array."""

from typing import Any

from ..javascript.arrays import JsArray
from ..javascript.buffers import DataView, JsArrayBuffer, JsView
from ..javascript.conversions import to_string
from ..javascript.errors import error
from ..javascript.objects import JsFunction, JsObject, PropertyKey, native
from ..javascript.typed_arrays import (
    TYPED_ARRAYS,
    BigInt64Array,
    BigUint64Array,
    Float32Array,
    Float64Array,
    Int8Array,
    Int16Array,
    Int32Array,
    Uint8Array,
    Uint8ClampedArray,
    Uint16Array,
    Uint32Array,
)
from ..javascript.values import undefined
from .holds import hold_of

_BY_NAME: dict[str, type[JsView]] = {
    "i8": Int8Array,
    "u8": Uint8Array,
    "u8clamped": Uint8ClampedArray,
    "i16": Int16Array,
    "u16": Uint16Array,
    "i32": Int32Array,
    "u32": Uint32Array,
    "i64": BigInt64Array,
    "u64": BigUint64Array,
    "f32": Float32Array,
    "f64": Float64Array,
    "dataview": DataView,
}
_BY_FORMAT: dict[str, type[JsView]] = {
    cls.code: cls for cls in reversed(TYPED_ARRAYS)
} | {"c": Uint8Array, "l": BigInt64Array, "L": BigUint64Array}


def has_buffer(target: Any) -> bool:
    """Whether Python can show the bytes of the object."""
    try:
        memoryview(target).release()
    except (TypeError, BufferError):
        return False
    return True


def _get_buffer(this: Any, kind: object = undefined) -> JsObject:
    """A PyBufferView. What JavaScript writes shows in Python if it may be written."""
    view = memoryview(hold_of(this).target())
    whole = view.cast("B") if view.contiguous else memoryview(view.tobytes())
    buffer = JsArrayBuffer(whole)
    if not view.readonly and view.contiguous:
        buffer.data = whole
    return JsObject(
        {
            "offset": 0,
            "readonly": int(view.readonly),
            "format": view.format,
            "itemsize": view.itemsize,
            "ndim": view.ndim,
            "nbytes": view.nbytes,
            "shape": JsArray(view.shape or ()),
            "strides": JsArray(n // view.itemsize for n in view.strides or ()),
            "data": _class(kind, view.format)(buffer),
            "c_contiguous": int(view.c_contiguous),
            "f_contiguous": int(view.f_contiguous),
            "release": native(lambda: undefined, "release"),
        }
    )


def _class(kind: object, form: str) -> type[JsView]:
    if kind is undefined:
        return _BY_FORMAT.get(form.lstrip("@=<"), Uint8Array)
    if to_string(kind) not in _BY_NAME:
        raise error(f"Unknown type {to_string(kind)}")
    return _BY_NAME[to_string(kind)]


BUFFER: dict[PropertyKey, object] = {"getBuffer": JsFunction(_get_buffer, "getBuffer")}
