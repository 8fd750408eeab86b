"""TextEncoderStream and TextDecoderStream (measured on workerd)."""

from ..javascript.buffers import JsBuffer
from ..javascript.conversions import to_string
from ..javascript.errors import type_error
from ..javascript.objects import JsObject, getter, native
from ..javascript.values import undefined
from .text_encoding import TextDecoder, TextEncoder
from .transform_streams import TransformStream, TransformStreamDefaultController


class TextEncoderStream(TransformStream):
    """Text in, UTF-8 out."""

    __slots__ = ()

    class_name = "TextEncoderStream"

    @classmethod
    def js_construct(cls, *_arguments: object) -> "TextEncoderStream":
        def transform(chunk: object, controller: object) -> None:
            assert isinstance(controller, TransformStreamDefaultController)
            text = to_string(chunk)
            if text:
                controller.enqueue(TextEncoder().encode(text))

        return cls(JsObject({"transform": native(transform)}))

    @getter
    def encoding(self) -> str:
        return "utf-8"


class TextDecoderStream(TransformStream):
    """Bytes in, text out, whichever way the bytes are cut."""

    __slots__ = ("_decoder",)

    class_name = "TextDecoderStream"

    def __init__(self, decoder: TextDecoder) -> None:
        self._decoder = decoder
        transform, flush = native(self._transform), native(self._flush)
        super().__init__(JsObject({"transform": transform, "flush": flush}))

    @classmethod
    def js_construct(
        cls, label: object = undefined, options: object = undefined
    ) -> "TextDecoderStream":
        return cls(TextDecoder.js_construct(label, options))

    def _transform(self, chunk: object, controller: object) -> None:
        if not isinstance(chunk, JsBuffer):
            raise type_error(
                "This TransformStream is being used as a byte stream, but received a"
                " value that is not a BufferSource."
            )
        more = JsObject({"stream": True})
        _enqueue(controller, self._decoder.decode(chunk, more))

    def _flush(self, controller: object) -> None:
        _enqueue(controller, self._decoder.decode())

    @getter
    def encoding(self) -> str:
        return self._decoder.encoding()

    @getter
    def fatal(self) -> bool:
        return self._decoder.fatal()

    @getter
    def ignoreBOM(self) -> bool:
        return self._decoder.ignoreBOM()


def _enqueue(controller: object, text: str) -> None:
    assert isinstance(controller, TransformStreamDefaultController)
    if text:
        controller.enqueue(text)
