"""How arguments are read and refused, beyond the recorded cases (measured)."""

from typing import Any

import pytest
from pyodide.ffi import JsException

from pytest_cfbindings import IgnoredArgumentWarning

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest_cfbindings.IgnoredArgumentWarning"
)


async def message(awaitable: Any) -> str:
    with pytest.raises(JsException) as caught:
        await awaitable
    return str(caught.value)


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"md5": 5}, "'md5' field on 'PutOptions'"),
        ({"customMetadata": 5}, "'customMetadata' field on 'PutOptions'"),
        ({"httpMetadata": 5}, "'httpMetadata' field on 'PutOptions'"),
    ],
)
async def test_every_type_is_checked_before_any_meaning(
    env: Any, options: dict[str, Any], text: str
) -> None:
    quoted = {"onlyIf": {"etagMatches": '"q"'}, "ssecKey": "zz"}
    assert text in await message(env.BUCKET.put("k", "v", {**quoted, **options}))


@pytest.mark.parametrize(
    ("date", "text"),
    [
        (float("nan"), "because it is not a valid Date."),
        (float("inf"), "because it is not a valid Date."),
        (9223372036855, "doesn't support dates after 2189."),
        (-9223372036855, "doesn't support dates before 1687."),
    ],
)
async def test_dates_have_bounds(env: Any, date: float, text: str) -> None:
    refused = env.BUCKET.get("k", onlyIf={"uploadedBefore": float(date)})
    assert text in await message(refused)


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (5, "array element 0: the provided value is not of type 'UploadedPart'."),
        (None, "with required members from an undefined or null value."),
        ({}, "Actual value was: 0"),
    ],
)
async def test_parts_are_objects(env: Any, part: Any, text: str) -> None:
    upload = await env.BUCKET.createMultipartUpload("m")
    assert text in await message(upload.complete([part]))


@pytest.mark.parametrize(
    ("chosen", "number"),
    [
        ({"offset": float("nan")}, "Starting offset (nan) must be greater"),
        ({"length": float("-inf")}, "Length (-inf) must be greater"),
        ({"length": 1e-7}, "Length (1e-07) must be an integer"),
        ({"suffix": -1e21}, "Suffix (-1e21) must be greater"),
    ],
)
async def test_numbers_are_shown_as_the_runtime_shows_doubles(
    env: Any, chosen: dict[str, float], number: str
) -> None:
    assert number in await message(env.BUCKET.get("k", range=chosen))


async def test_half_a_surrogate_pair_arrives_as_three_replacements(env: Any) -> None:
    stored = await env.BUCKET.put("\ud800", "v", customMetadata={"a": "\ud800"})
    assert stored.key == "\ufffd" * 3
    assert dict(stored.customMetadata) == {"a": "\ufffd" * 3}


async def test_an_unknown_option_is_told(env: Any) -> None:
    with pytest.warns(IgnoredArgumentWarning, match="it is spelled 'httpMetadata'"):
        await env.BUCKET.put("k", "v", http_metadata={})
