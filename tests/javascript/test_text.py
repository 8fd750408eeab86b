import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cfbindings.javascript.text import (
    has_lone_surrogate,
    is_array_index,
    join_pairs,
    utf8_decode,
    utf8_encode,
    utf8_length,
    utf16_length,
    utf16_units,
    wtf8_encode,
)

ANY_TEXT = st.text(st.characters())


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("abc", "abc"),
        ("é", "é"),
        ("\ud83d\ude00", "😀"),
        ("a\ud83d\ude00b", "a😀b"),
        ("\ude00\ud83d", "\ude00\ud83d"),
        ("\ud83d\ud83d\ude00", "\ud83d😀"),
    ],
)
def test_two_halves_of_a_pair_become_one_character(text: str, joined: str) -> None:
    assert join_pairs(text) == joined


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abc", False),
        ("é😀", False),
        ("\ud83d\ude00", False),
        ("\ud800", True),
        ("a\udfffb", True),
        ("\ude00\ud83d", True),
    ],
)
def test_a_surrogate_is_lone_without_its_other_half(text: str, expected: bool) -> None:
    assert has_lone_surrogate(text) is expected


@pytest.mark.parametrize(
    ("text", "length"),
    [("", 0), ("abc", 3), ("é", 1), ("😀", 2), ("\ud83d\ude00", 2), ("\ud800", 1)],
)
def test_length_counts_utf_16_units(text: str, length: int) -> None:
    assert utf16_length(text) == length


def test_units_split_a_character_beyond_the_basic_plane() -> None:
    assert utf16_units("a😀é") == "a\ud83d\ude00é"
    assert utf16_units("é\ud800") == "é\ud800"


@given(ANY_TEXT)
def test_units_and_pairs_are_inverse(text: str) -> None:
    assert join_pairs(utf16_units(text)) == join_pairs(text)
    assert len(utf16_units(text)) == utf16_length(text)


def test_a_lone_surrogate_becomes_three_bytes() -> None:
    assert wtf8_encode("é\ud800") == b"\xc3\xa9\xed\xa0\x80"


def test_a_lone_surrogate_becomes_the_replacement_character_in_utf_8() -> None:
    assert utf8_encode("a\ud800") == b"a\xef\xbf\xbd"


@pytest.mark.parametrize("encode", [utf8_encode, wtf8_encode])
def test_a_pair_becomes_the_four_bytes_of_its_character(encode: object) -> None:
    assert callable(encode)
    assert encode("\ud83d\ude00") == "😀".encode()


@given(ANY_TEXT)
def test_the_byte_length_is_that_of_the_bytes(text: str) -> None:
    assert utf8_length(text) == len(wtf8_encode(text))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xc3\xa9", "é"),
        (b"\xff", "\ufffd"),
        (b"\xed\xa0\x80", "\ufffd\ufffd\ufffd"),
        (b"\xf0\x9f\x98", "\ufffd"),
        (b"\xe2\x82A", "\ufffdA"),
        (b"\xef\xbb\xbfA", "\ufeffA"),
        (b"a\0b", "a\0b"),
    ],
)
def test_invalid_bytes_become_replacement_characters(data: bytes, text: str) -> None:
    assert utf8_decode(data) == text


@pytest.mark.parametrize("name", ["0", "7", "10", "4294967294"])
def test_a_canonical_integer_is_an_array_index(name: str) -> None:
    assert is_array_index(name)


@pytest.mark.parametrize(
    "name", ["", "01", "-1", "1.5", "4294967295", "9999999999", "a", "٣", "1\n"]
)
def test_anything_else_is_no_array_index(name: str) -> None:
    assert not is_array_index(name)
