"""The typed array classes, one for each element type."""

import math

from .array_functions import from_ as array_from
from .numeric import to_number
from .objects import JsFunction, native
from .typed_array_class import JsTypedArray
from .values import undefined


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


def _from_function(cls: type[JsTypedArray]) -> JsFunction:
    """The class's static `from`, which takes what Array.from takes."""

    def from_(source: object = undefined, convert: object = undefined) -> JsTypedArray:
        return cls.of_items(array_from(source, convert).items)

    return native(from_, "from")


def _add_statics(cls: type[JsTypedArray]) -> None:
    cls.constructor.properties["of"] = native(lambda *items: cls.of_items(items), "of")
    cls.constructor.properties["from"] = _from_function(cls)
    cls.constructor.properties["BYTES_PER_ELEMENT"] = cls.item_size()


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

for _cls in TYPED_ARRAYS:
    _add_statics(_cls)
