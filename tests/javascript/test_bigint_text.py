import pytest

from pytest_cfbindings.javascript.bigint_text import bigint_of_text

from .throws import thrown


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", 0),
        (" 5 ", 5),
        ("\ufeff7", 7),
        ("+5", 5),
        ("-5", -5),
        ("012", 12),
        ("0x1F", 31),
        ("0X1f", 31),
        ("0o17", 15),
        ("0b101", 5),
        ("9" * 30, int("9" * 30)),
    ],
)
def test_a_whole_number_is_one(text: str, value: int) -> None:
    assert bigint_of_text(text) == value


@pytest.mark.parametrize(
    "text",
    ["1_0", "\u0663", "-0x1", "0x", "0b12", "\x855", "-", "1e3", "1.0", "1n", " x "],
)
def test_anything_else_is_refused_as_it_was_written(text: str) -> None:
    told = thrown(bigint_of_text, text)
    assert told == f"SyntaxError: Cannot convert {text} to a BigInt"
