"""The typed array classes, one for each element type."""

import math

from .buffers import JsTypedArray
from .numeric import to_number


class Uint8Array(JsTypedArray):
    __slots__ = ()
    class_name = "Uint8Array"
    code = "B"


class Int8Array(JsTypedArray):
    __slots__ = ()
    class_name = "Int8Array"
    code = "b"


class Uint8ClampedArray(JsTypedArray):
    __slots__ = ()
    class_name = "Uint8ClampedArray"
    code = "B"

    @classmethod
    def element(cls, value: object) -> float:
        number = to_number(value)
        return 0 if math.isnan(number) else round(min(max(number, 0), 255))


class Uint16Array(JsTypedArray):
    __slots__ = ()
    class_name = "Uint16Array"
    code = "H"


class Int16Array(JsTypedArray):
    __slots__ = ()
    class_name = "Int16Array"
    code = "h"


class Uint32Array(JsTypedArray):
    __slots__ = ()
    class_name = "Uint32Array"
    code = "I"


class Int32Array(JsTypedArray):
    __slots__ = ()
    class_name = "Int32Array"
    code = "i"


class Float32Array(JsTypedArray):
    __slots__ = ()
    class_name = "Float32Array"
    code = "f"


class Float64Array(JsTypedArray):
    __slots__ = ()
    class_name = "Float64Array"
    code = "d"


class BigInt64Array(JsTypedArray):
    __slots__ = ()
    class_name = "BigInt64Array"
    code = "q"


class BigUint64Array(JsTypedArray):
    __slots__ = ()
    class_name = "BigUint64Array"
    code = "Q"


TYPED_ARRAYS = (
    Uint8Array,
    Int8Array,
    Uint8ClampedArray,
    Uint16Array,
    Int16Array,
    Uint32Array,
    Int32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
)
