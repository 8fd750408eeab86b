"""TextEncoder and TextDecoder (measured on workerd)."""

import codecs

from ..javascript.buffers import JsBuffer
from ..javascript.conversions import to_string, truthy
from ..javascript.errors import range_error, type_error
from ..javascript.objects import JsObject, getter, method
from ..javascript.text import join_pairs, utf8_encode, utf16_length
from ..javascript.typed_arrays import Uint8Array
from ..javascript.values import undefined
from .encoding_labels import codec_of, encoding_of


class TextEncoder(JsObject):
    """Text to UTF-8."""

    __slots__ = ()

    class_name = "TextEncoder"

    @classmethod
    def js_construct(cls) -> "TextEncoder":
        return cls()

    @getter
    def encoding(self) -> str:
        return "utf-8"

    @method
    def encode(self, text: object = undefined) -> JsBuffer:
        given = "" if text is undefined else to_string(text)
        return Uint8Array.of_bytes(utf8_encode(given))

    @method
    def encodeInto(self, text: object = undefined, into: object = undefined) -> object:
        if not isinstance(into, Uint8Array):
            raise type_error(
                "Failed to execute 'encodeInto' on 'TextEncoder': parameter 2 is not of"
                " type 'JsUint8Array'."
            )
        room, read, written = into.view(), 0, 0
        for character in to_string(text):
            data = utf8_encode(character)
            if written + len(data) > len(room):
                break
            room[written : written + len(data)] = data
            read += utf16_length(character)
            written += len(data)
        return JsObject({"read": read, "written": written})


class TextDecoder(JsObject):
    """Bytes to text; what is invalid becomes U+FFFD, or is refused if `fatal`."""

    __slots__ = ("_decoder", "_encoding", "_fatal", "_ignores_bom", "_started")

    class_name = "TextDecoder"

    def __init__(self, encoding: str, fatal: bool, ignores_bom: bool) -> None:
        super().__init__()
        self._encoding = encoding
        self._fatal = fatal
        self._ignores_bom = ignores_bom
        self._restart()

    def _restart(self) -> None:
        make = codecs.getincrementaldecoder(codec_of(self._encoding))
        self._decoder = make("strict" if self._fatal else "replace")
        self._started = False

    @classmethod
    def js_construct(
        cls, label: object = undefined, options: object = undefined
    ) -> "TextDecoder":
        name = "utf-8" if label is undefined else to_string(label)
        encoding = encoding_of(name)
        if encoding is None:
            raise range_error(f'"{name}" is not a valid encoding.')
        return cls(encoding, _says(options, "fatal"), _says(options, "ignoreBOM"))

    @getter
    def encoding(self) -> str:
        return self._encoding

    @getter
    def fatal(self) -> bool:
        return self._fatal

    @getter
    def ignoreBOM(self) -> bool:
        return self._ignores_bom

    @method
    def decode(self, data: object = undefined, options: object = undefined) -> str:
        if data is not undefined and not isinstance(data, JsBuffer):
            raise type_error(
                "Failed to execute 'decode' on 'TextDecoder': parameter 1 is not of"
                " type 'Array'."
            )
        given = b"" if data is undefined else data.to_bytes()
        more = _says(options, "stream")
        try:
            text = self._decoder.decode(given, final=not more)
        except UnicodeDecodeError:
            self._restart()
            raise type_error("Failed to decode input.") from None
        if text and not self._started:
            self._started = True
            if not self._ignores_bom:
                text = text.removeprefix("\ufeff")
        if not more:
            self._restart()
        return join_pairs(text)


def _says(options: object, name: str) -> bool:
    return isinstance(options, JsObject) and truthy(options.js_get(name))
