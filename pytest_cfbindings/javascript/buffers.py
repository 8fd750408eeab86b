"""ArrayBuffer, and the views of it: DataView here, typed arrays beside it."""

from .errors import range_error, type_error
from .numeric import to_integer
from .objects import (
    JsObject,
    getter,
    method,
    static,
)
from .values import MAX_SAFE_INTEGER, undefined


class JsBuffer(JsObject):
    """What has bytes: an ArrayBuffer or a view of one."""

    __slots__ = ()

    class_name = "Buffer"

    def view(self) -> memoryview:
        """The bytes themselves, writable; what is written shows in every view."""
        raise NotImplementedError

    def to_bytes(self) -> bytes:
        """A copy of the bytes."""
        return bytes(self.view())


class JsArrayBuffer(JsBuffer):
    """A JavaScript ArrayBuffer over a bytearray of its own."""

    __slots__ = ("data", "is_detached")

    class_name = "ArrayBuffer"

    def __init__(self, data: bytes | bytearray | memoryview = b"") -> None:
        super().__init__()
        self.data: bytearray | memoryview = bytearray(data)
        self.is_detached = False

    def detach(self) -> None:
        """Take its bytes away, as a transfer does; the views of it are empty then."""
        self.data = bytearray()
        self.is_detached = True

    def check_attached(self, operation: str) -> None:
        """Raises a JavaScript TypeError if the bytes have been transferred."""
        if self.is_detached:
            raise type_error(f"Cannot perform {operation} on a detached ArrayBuffer")

    @classmethod
    def js_construct(cls, length: object = undefined) -> "JsArrayBuffer":
        size = to_integer(length)
        if not 0 <= size <= MAX_SAFE_INTEGER:
            raise range_error("Invalid array buffer length")
        return cls(bytearray(size))

    def view(self) -> memoryview:
        return memoryview(self.data)

    @static
    @staticmethod
    def isView(value: object = undefined) -> bool:
        return isinstance(value, JsView)

    @getter
    def byteLength(self) -> int:
        return len(self.data)

    @getter
    def detached(self) -> bool:
        return self.is_detached

    @method
    def slice(
        self, start: object = undefined, end: object = undefined
    ) -> "JsArrayBuffer":
        self.check_attached("ArrayBuffer.prototype.slice")
        first = 0 if start is undefined else to_integer(start)
        last = len(self.data) if end is undefined else to_integer(end)
        return JsArrayBuffer(self.data[first:last])


class JsView(JsBuffer):
    """A view of an ArrayBuffer: `offset` and `byte_length` are in bytes."""

    __slots__ = ("buffer_object", "byte_length", "offset")

    class_name = "ArrayBufferView"

    def __init__(
        self, buffer: JsArrayBuffer, offset: int = 0, byte_length: int | None = None
    ) -> None:
        super().__init__()
        self.buffer_object = buffer
        self.offset = offset
        self.byte_length = (
            len(buffer.data) - offset if byte_length is None else byte_length
        )

    def view(self) -> memoryview:
        whole = memoryview(self.buffer_object.data)
        return whole[self.offset : self.offset + self.byte_length]

    @getter
    def buffer(self) -> JsArrayBuffer:
        return self.buffer_object

    @getter
    def byteOffset(self) -> int:
        return 0 if self.buffer_object.is_detached else self.offset

    @getter
    def byteLength(self) -> int:
        return 0 if self.buffer_object.is_detached else self.byte_length


class DataView(JsView):
    __slots__ = ()
    class_name = "DataView"

    @classmethod
    def js_construct(
        cls,
        buffer: object = undefined,
        offset: object = undefined,
        length: object = undefined,
    ) -> "DataView":
        if not isinstance(buffer, JsArrayBuffer):
            raise type_error(
                "First argument to DataView constructor must be an ArrayBuffer"
            )
        buffer.check_attached("DataView constructor")
        start = start_of(buffer, to_integer(offset))
        size = None if length is undefined else to_integer(length)
        if size is not None and not 0 <= size <= len(buffer.data) - start:
            raise range_error(f"Invalid DataView length {size}")
        return cls(buffer, start, size)

    def place(self, offset: object, size: int) -> int:
        """Where an element of this size begins. Raises a JavaScript RangeError."""
        start = to_integer(offset)
        if not 0 <= start <= self.byteLength() - size:
            raise range_error("Offset is outside the bounds of the DataView")
        return start


def start_of(buffer: JsArrayBuffer, offset: int) -> int:
    """An offset at which a view may start. Raises a RangeError outside of it."""
    if not 0 <= offset <= len(buffer.data):
        raise range_error(f"Start offset {offset} is outside the bounds of the buffer")
    return offset
