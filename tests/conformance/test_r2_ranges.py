"""Parts of R2 objects: the option `range` of get."""

from typing import Any

import pytest

from .refusals import refused

NOT_SATISFIABLE = "Error: get: The requested range is not satisfiable (10039)"
DIGITS = "0123456789"


def headers(text: str) -> Any:
    from js import Headers

    made = Headers.new()
    made.set("range", text)
    return made


async def read(env: Any, chosen: Any, content: str = DIGITS) -> str:
    await env.BUCKET.put("k", content)
    found = await env.BUCKET.get("k", range=chosen)
    text = await found.text()
    assert found.size == len(content)
    assert content[found.range.offset :][: found.range.length] == text
    return str(text)


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        (None, DIGITS),
        ({"offset": 0}, DIGITS),
        ({"offset": 3}, "3456789"),
        ({"offset": 3, "length": 2}, "34"),
        ({"length": 2}, "01"),
        ({"offset": None, "length": 2}, "01"),
        ({"offset": "3", "length": True}, "3"),
        ({"suffix": 2}, "89"),
        ({"suffix": 99}, DIGITS),
        ({"suffix": "2"}, "89"),
        ({"offset": 8, "length": 99}, "89"),
        ({"offset": 8, "length": float("inf")}, "89"),
        ({"length": 10}, DIGITS),
    ],
)
async def test_a_range_is_part_of_the_body(env: Any, chosen: Any, text: str) -> None:
    assert await read(env, chosen) == text


@pytest.mark.parametrize(
    "chosen",
    [
        *({"offset": 10}, {"offset": 11}, {"length": 0}, {"suffix": 0}),
        *({"offset": 3, "length": 0}, {"length": None}, {"suffix": None}),
        {"offset": float("inf")},
    ],
)
async def test_a_range_of_nothing_is_not_satisfiable(env: Any, chosen: Any) -> None:
    with refused(NOT_SATISFIABLE):
        await read(env, chosen)


@pytest.mark.parametrize("chosen", [{"offset": 0}, {"suffix": 1}, {"suffix": 0}])
async def test_an_empty_object_has_no_ranges(env: Any, chosen: Any) -> None:
    with refused(NOT_SATISFIABLE):
        await read(env, chosen, "")


@pytest.mark.stricter_than_local("locally the runtime itself fails")
async def test_an_empty_object_has_no_range_of_a_length(env: Any) -> None:
    with refused(NOT_SATISFIABLE):
        await read(env, {"length": 1}, "")


@pytest.mark.stricter_than_local("locally it is the whole object")
async def test_a_range_of_neither_offset_length_nor_suffix_is_refused(env: Any) -> None:
    with refused(
        "Error: get: We encountered an internal error. Please try again. (10001)"
    ):
        await read(env, {})


AT_LEAST_0 = "must be greater than or equal to 0."
OFFSET = "Invalid range. Starting offset"
WHOLE = "must be an integer, not floating point."


@pytest.mark.parametrize("key", ["k", "missing"])
@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"offset": -1}, f"{OFFSET} (-1) {AT_LEAST_0}"),
        ({"offset": 1.5}, f"{OFFSET} (1.5) {WHOLE}"),
        ({"offset": float("nan")}, f"{OFFSET} (nan) {AT_LEAST_0}"),
        ({"offset": "x"}, f"{OFFSET} (nan) {AT_LEAST_0}"),
        ({"length": -1}, f"Invalid range. Length (-1) {AT_LEAST_0}"),
        ({"length": 1.5}, f"Invalid range. Length (1.5) {WHOLE}"),
        ({"suffix": -1}, f"Invalid suffix. Suffix (-1) {AT_LEAST_0}"),
        ({"suffix": 1.5}, f"Invalid range. Suffix (1.5) {WHOLE}"),
        ({"offset": -1, "length": -1}, f"{OFFSET} (-1) {AT_LEAST_0}"),
        ({"length": -1, "suffix": -1}, f"Invalid range. Length (-1) {AT_LEAST_0}"),
    ],
)  # fmt: skip
async def test_numbers_that_are_no_range_are_refused(
    env: Any, key: str, chosen: Any, message: str
) -> None:
    await env.BUCKET.put("k", DIGITS)
    with refused(f"RangeError: {message}"):
        await env.BUCKET.get(key, range=chosen)


@pytest.mark.parametrize("other", ["offset", "length"])
async def test_a_suffix_goes_with_nothing_else(env: Any, other: str) -> None:
    with refused(f"TypeError: Suffix is incompatible with {other}."):
        await env.BUCKET.get("k", range={"suffix": 1, other: 1})


@pytest.mark.parametrize(
    ("header", "text"),
    [
        *[("bytes=2-4", "234"), ("bytes=8-", "89"), ("bytes=-2", "89")],
        *[("bytes=0-0", "0"), ("bytes=8-99", "89"), ("bytes=-99", DIGITS)],
        *[("BYTES=2-4", "234"), ("bytes = 2 - 4", "234")],
        *[("bytes=1-2,4-5", DIGITS), ("items=1-2", DIGITS), ("bytes=4-2", DIGITS)],
        *[
            ("bytes=x", DIGITS),
            ("1-2", DIGITS),
            ("bytes=", DIGITS),
            ("bytes=-", DIGITS),
        ],
    ],
)
async def test_a_range_header_is_read_or_ignored(
    env: Any, header: str, text: str
) -> None:
    assert await read(env, headers(header)) == text


@pytest.mark.stricter_than_local("production answers 416; locally the whole is read")
@pytest.mark.parametrize(
    ("header", "content"),
    [("bytes=10-", DIGITS), ("bytes=-0", DIGITS), ("bytes=0-", "")],
)
async def test_a_range_header_of_nothing_is_not_satisfiable(
    env: Any, header: str, content: str
) -> None:
    with refused(NOT_SATISFIABLE):
        await read(env, headers(header), content)


async def test_no_range_header_is_no_range(env: Any) -> None:
    from js import Headers

    assert await read(env, Headers.new()) == DIGITS


@pytest.mark.parametrize("chosen", [5, "bytes=1-2", True])
async def test_a_range_of_another_type_is_refused(env: Any, chosen: Any) -> None:
    with refused(
        "TypeError: Incorrect type for the 'range' field on 'GetOptions': the provided"
        " value is not of type 'Range or Headers'."
    ):
        await env.BUCKET.get("k", range=chosen)


async def test_a_whole_read_has_a_range_too(env: Any) -> None:
    await env.BUCKET.put("k", DIGITS)
    found = await env.BUCKET.get("k")
    assert found.range == {"offset": 0, "length": 10, "suffix": None}
