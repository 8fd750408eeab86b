"""JSON in KV: values that are read as JSON, and metadata, which is stored as such."""

import datetime
import math
from decimal import Decimal
from typing import Any

import pytest
from pyodide.ffi import JsException

from .refusals import refused


async def test_json_comes_back_as_python_values(env: Any) -> None:
    await env.KV.put("k", '{"a": [1, 2.5, 1.0, null, true], "2": "b", "1": "c"}')
    value = await env.KV.get("k", "json")
    assert value == {"a": [1, 2.5, 1, None, True], "2": "b", "1": "c"}
    assert list(value) == ["1", "2", "a"]
    assert value.a[0] == 1
    assert type(value["a"][2]) is int


async def test_json_numbers_are_doubles(env: Any) -> None:
    await env.KV.put("k", "[9007199254740993, 1e400, -0, 1e2, 9007199254740991]")
    numbers = await env.KV.get("k", "json")
    assert numbers == [9007199254740992.0, math.inf, 0, 100, 9007199254740991]
    assert [type(n) for n in numbers] == [float, float, int, int, int]


async def test_the_last_of_two_names_wins(env: Any) -> None:
    await env.KV.put("k", '{"a": 1, "b": 2, "a": 3}')
    assert list((await env.KV.get("k", "json")).items()) == [("a", 3), ("b", 2)]


async def test_json_null_looks_like_a_missing_key(env: Any) -> None:
    await env.KV.put("k", " null\n")
    assert await env.KV.get("k", "json") is None


LONG = "[1, 2, 3, 4, 5, 6, 7, 8]"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{a", "Expected property name or '}' in JSON at position 1 (column 2)"),
        ("{", "Expected property name or '}' in JSON at position 1 (column 2)"),
        (
            '{"a": 1,}',
            "Expected double-quoted property name in JSON at position 8 (column 9)",
        ),
        (
            '{"a" 1}',
            "Expected ':' after property name in JSON at position 5 (column 6)",
        ),
        (
            '{"a": 1',
            "Expected ',' or '}' after property value in JSON at position 7 (column 8)",
        ),
        ("[1 2]", "Expected ',' or ']' after array element in JSON at position 3"),
        ("[1", "Expected ',' or ']' after array element in JSON at position 2"),
        ('"a', "Unterminated string in JSON at position 2"),
        (r'"\q"', "Bad escaped character in JSON at position 2"),
        (r'"\u12g4"', "Bad Unicode escape in JSON at position 5"),
        ('"a\nb"', "Bad control character in string literal in JSON at position 2"),
        ("-", "No number after minus sign in JSON at position 1"),
        ("1.", "Unterminated fractional number in JSON at position 2"),
        ("1e", "Exponent part is missing a number in JSON at position 2"),
        ("01", "Unexpected number in JSON at position 1"),
        ("1 x", "Unexpected non-whitespace character after JSON at position 2"),
        ("\n\r\n 1 x", "Unexpected non-whitespace character after JSON at position 6"),
        ("", "Unexpected end of JSON input"),
        ("[", "Unexpected end of JSON input"),
        ("tru", "Unexpected end of JSON input"),
        ("tr1", "Unexpected number in JSON at position 2"),
        ('nu"', "Unexpected string in JSON at position 2"),
        ("undefined", '"undefined" is not valid JSON'),
        ("NaN", '"NaN" is not valid JSON'),
        ("[object Object]", '"[object Object]" is not valid JSON'),
        ("[x]", "Unexpected token 'x', \"[x]\" is not valid JSON"),
        ("\ufeff1", "Unexpected token '\ufeff', \"\ufeff1\" is not valid JSON"),
        ("\xa01", "Unexpected token '\xa0', \"\xa01\" is not valid JSON"),
        (
            LONG.replace("1", "x"),
            "Unexpected token 'x', \"[x, 2, 3, 4\"... is not valid JSON",
        ),
        (
            LONG.replace("5", "x"),
            "Unexpected token 'x', ...\" 2, 3, 4, x, 6, 7, 8\"... is not valid JSON",
        ),
        (
            LONG.replace("8", "x"),
            "Unexpected token 'x', ...\" 5, 6, 7, x]\" is not valid JSON",
        ),
    ],
)
async def test_bad_json_is_a_syntax_error_with_the_place(
    env: Any, text: str, message: str
) -> None:
    await env.KV.put("k", text)
    with pytest.raises(JsException) as caught:
        await env.KV.get("k", type="json")
    assert caught.value.name == "SyntaxError"
    found = caught.value.message.replace("(line 1 ", "(")
    assert found.startswith(message)


async def test_the_line_of_bad_json_is_counted(env: Any) -> None:
    await env.KV.put("k", '{\r\n  "a": 1\n,}')
    with refused(
        "SyntaxError: Expected double-quoted property name in JSON at position 13"
        " (line 3 column 2)"
    ):
        await env.KV.get("k", type="json")


async def test_metadata_comes_with_the_value(env: Any) -> None:
    await env.KV.put("k", "v", metadata={"a": [None, 1.5], "f": False})
    found = await env.KV.getWithMetadata("k")
    assert dict(found) == {
        "value": "v",
        "metadata": {"a": [None, 1.5], "f": False},
        "cacheStatus": None,
    }
    assert found.metadata.a[1] == 1.5


async def test_a_missing_key_has_neither_value_nor_metadata(env: Any) -> None:
    nothing = {"value": None, "metadata": None, "cacheStatus": None}
    assert await env.KV.getWithMetadata("k") == nothing
    await env.KV.put("k", "v")
    assert await env.KV.getWithMetadata("k") == {**nothing, "value": "v"}


@pytest.mark.parametrize("type", ["arrayBuffer", "stream", "json"])
async def test_a_value_with_metadata_has_the_type_asked_for(
    env: Any, type: str
) -> None:
    await env.KV.put("k", "[5]", metadata=1)
    value = (await env.KV.getWithMetadata("k", type)).value
    if type == "json":
        assert value == [5]
    elif type == "arrayBuffer":
        assert bytes(value) == b"[5]"
    else:
        assert [bytes(chunk.to_py()) async for chunk in value] == [b"[5]"]


class Thing:
    pass


@pytest.mark.parametrize(
    ("metadata", "stored"),
    [
        (0, 0),
        ("", ""),
        (False, False),
        ([], []),
        ({}, {}),
        ('é"\\\n\x01\ud83d', 'é"\\\n\x01\ud83d'),
        ([1.0, -0.0, 1e21, 2.5], [1, 0, 1e21, 2.5]),
        ([float("nan"), float("inf"), None], [None, None, None]),
        (datetime.datetime(2020, 1, 2, 3, 4, 5, 678900), "2020-01-02T03:04:05.678Z"),
        (b"\x01\x02", {"0": 1, "1": 2}),
        ({1, 2}, {}),
        (Thing(), {}),
        (Decimal("1.5"), {}),
        ({"b": 1, "2": 2, "1": 3}, {"1": 3, "2": 2, "b": 1}),
        ({5: "five"}, {"5": "five"}),
    ],
)
async def test_metadata_is_stored_as_json(env: Any, metadata: Any, stored: Any) -> None:
    await env.KV.put("k", "v", {"metadata": metadata})
    found = (await env.KV.getWithMetadata("k")).metadata
    assert (found, type(found).__name__) == (
        stored,
        "JsDict" if isinstance(stored, dict) else type(stored).__name__,
    )
    if isinstance(stored, dict):
        assert list(found) == list(stored)


@pytest.mark.parametrize("metadata", [None, float("nan")])
async def test_none_and_json_null_are_no_metadata(env: Any, metadata: Any) -> None:
    await env.KV.put("k", "v", metadata=metadata)
    assert (await env.KV.getWithMetadata("k")).metadata is None


@pytest.mark.parametrize(
    ("metadata", "message"),
    [
        (2**60, "TypeError: Do not know how to serialize a BigInt"),
        ([{"a": 2**60}], "TypeError: Do not know how to serialize a BigInt"),
        (len, "Error: KV PUT failed: 500 Internal Server Error"),
    ],
)
async def test_what_is_no_json_cannot_be_metadata(
    env: Any, metadata: Any, message: str
) -> None:
    with refused(message):
        await env.KV.put("k", "v", metadata=metadata)


async def test_metadata_is_counted_in_bytes_of_its_json(env: Any) -> None:
    await env.KV.put("k", "v", metadata="é" * 511)
    with refused(
        "Error: KV PUT failed: 413 Metadata length of 1025 exceeds limit of 1024."
    ):
        await env.KV.put("k", "w", metadata="é" * 511 + "x")
    assert await env.KV.get("k") == "v"


async def test_a_put_forgets_the_metadata_that_was_there(env: Any) -> None:
    await env.KV.put("k", "v", metadata={"a": 1})
    await env.KV.put("k", "w")
    assert (await env.KV.getWithMetadata("k")).metadata is None
