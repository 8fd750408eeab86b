import js
import pytest
from pyodide.ffi import JsException, to_js


def test_text_is_encoded_as_utf8() -> None:
    encoder = js.TextEncoder.new()
    assert encoder.encode("é").to_bytes() == b"\xc3\xa9"
    assert (encoder.encode().length, encoder.encoding) == (0, "utf-8")


def test_encoding_into_an_array_stops_where_a_character_does_not_fit() -> None:
    into = js.Uint8Array.new(4)
    told = js.TextEncoder.new().encodeInto("a\u00e9\u00e9", into)
    assert (told.read, told.written, into.to_bytes()) == (2, 3, b"a\xc3\xa9\0")


@pytest.mark.parametrize(
    ("label", "data", "text"),
    [
        ("utf-8", b"\xc3\xa9\xff", "é\ufffd"),
        (" UTF8 ", b"\xef\xbb\xbfa", "a"),
        ("latin1", b"\xe9", "é"),
        ("utf-16le", b"a\0", "a"),
        ("shift_jis", b"\x82\xa0", "あ"),
    ],
)
def test_bytes_are_decoded(label: str, data: bytes, text: str) -> None:
    assert js.TextDecoder.new(label).decode(to_js(data)) == text


def test_a_byte_order_mark_can_be_kept() -> None:
    decoder = js.TextDecoder.new("utf-8", ignoreBOM=True)
    assert decoder.decode(to_js(b"\xef\xbb\xbfa")) == "\ufeffa"


def test_a_stream_of_bytes_is_decoded_piece_by_piece() -> None:
    decoder = js.TextDecoder.new()
    assert decoder.decode(to_js(b"\xc3"), stream=True) == ""
    assert decoder.decode(to_js(b"\xa9")) == "é"


def test_what_cannot_be_decoded_is_refused() -> None:
    with pytest.raises(JsException, match=r"TypeError: Failed to decode input\."):
        js.TextDecoder.new("utf-8", fatal=True).decode(to_js(b"\xff"))
    with pytest.raises(JsException, match='"nope" is not a valid encoding'):
        js.TextDecoder.new("nope")
    with pytest.raises(JsException, match="parameter 1 is not of type 'Array'"):
        js.TextDecoder.new().decode("text")
