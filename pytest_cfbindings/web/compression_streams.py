"""CompressionStream and DecompressionStream (measured on workerd)."""

import zlib
from typing import Any

from ..javascript.conversions import to_string
from ..javascript.errors import type_error
from ..javascript.objects import JsObject, native
from ..javascript.typed_arrays import Uint8Array
from .readable_streams import chunk_bytes
from .transform_streams import (
    TransformStream,
    TransformStreamDefaultController,
    check_bytes,
)

_WINDOW_BITS = {"gzip": 31, "deflate": 15, "deflate-raw": -15}


class _ZlibStream(TransformStream):
    """Bytes in, bytes out."""

    __slots__ = ()

    class_name = "TransformStream"

    def __init__(self) -> None:
        transform, flush = native(self._transform), native(self._flush)
        functions = JsObject({"transform": transform, "flush": flush})
        super().__init__(functions, check_bytes)
        self.readable().is_bytes = True

    def _transform(self, chunk: object, controller: object) -> None:
        _enqueue(controller, self.passed(chunk_bytes(chunk)))

    def _flush(self, controller: object) -> None:
        _enqueue(controller, self.ending())

    def passed(self, data: bytes) -> bytes:
        """What comes out when these bytes come in."""
        raise NotImplementedError

    def ending(self) -> bytes:
        """What comes out at the end."""
        raise NotImplementedError


class CompressionStream(_ZlibStream):
    """Compresses what goes through."""

    __slots__ = ("_zlib",)

    class_name = "CompressionStream"

    def __init__(self, window_bits: int) -> None:
        super().__init__()
        self._zlib: Any = zlib.compressobj(wbits=window_bits)

    @classmethod
    def js_construct(cls, *arguments: object) -> "CompressionStream":
        return cls(_window_bits(cls.class_name, arguments))

    def passed(self, data: bytes) -> bytes:
        compressed: bytes = self._zlib.compress(data)
        return compressed

    def ending(self) -> bytes:
        compressed: bytes = self._zlib.flush()
        return compressed


class DecompressionStream(_ZlibStream):
    """Gives back what was compressed."""

    __slots__ = ("_zlib",)

    class_name = "DecompressionStream"

    def __init__(self, window_bits: int) -> None:
        super().__init__()
        self._zlib: Any = zlib.decompressobj(wbits=window_bits)

    @classmethod
    def js_construct(cls, *arguments: object) -> "DecompressionStream":
        return cls(_window_bits(cls.class_name, arguments))

    def passed(self, data: bytes) -> bytes:
        try:
            plain: bytes = self._zlib.decompress(data)
        except zlib.error:
            raise type_error("Decompression failed.") from None
        if self._zlib.unused_data:
            raise type_error("Trailing bytes after end of compressed data")
        return plain

    def ending(self) -> bytes:
        if not self._zlib.eof:
            raise type_error(
                "Called close() on a decompression stream with incomplete data"
            )
        return b""


def _window_bits(interface: str, arguments: tuple[object, ...]) -> int:
    if not arguments:
        raise type_error(
            f"Failed to construct '{interface}': constructor parameter 1 is not of type"
            " 'string'."
        )
    known = _WINDOW_BITS.get(to_string(arguments[0]))
    if known is None:
        raise type_error(
            "The compression format must be either 'deflate', 'deflate-raw' or 'gzip'."
        )
    return known


def _enqueue(controller: object, data: bytes) -> None:
    assert isinstance(controller, TransformStreamDefaultController)
    if data:
        controller.enqueue(Uint8Array.of_bytes(data))
