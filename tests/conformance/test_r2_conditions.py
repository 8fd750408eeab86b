"""Conditions of R2's get and put: the option `onlyIf`."""

import asyncio
import datetime
from typing import Any

import pytest

from .refusals import refused

HOUR = datetime.timedelta(hours=1)
EARLIER, AT, LATER = -HOUR, datetime.timedelta(), HOUR


def headers(fields: dict[str, str]) -> Any:
    from js import Headers

    made = Headers.new()
    for name, text in fields.items():
        made.set(name, text)
    return made


async def holds(env: Any, condition: Any) -> bool:
    """Whether a get and a put under a condition agree that it holds."""
    found = await env.BUCKET.get("k", onlyIf=condition)
    assert found.key == "k"
    is_read = hasattr(found, "body")
    stored = await env.BUCKET.put("k", "v", onlyIf=condition)
    assert (stored is not None) == is_read
    return is_read


def filled(condition: dict[str, Any], stored: Any) -> dict[str, Any]:
    """A condition with the etag and the time of the object put in."""
    etags = {"ETAG": stored.etag, "OTHER": "0" * 32}
    return {
        name: stored.uploaded + value
        if isinstance(value, datetime.timedelta)
        else etags.get(value, value)
        for name, value in condition.items()
    }


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({}, True),
        ({"etagMatches": "ETAG"}, True),
        ({"etagMatches": "OTHER"}, False),
        ({"etagMatches": "*"}, True),
        ({"etagDoesNotMatch": "ETAG"}, False),
        ({"etagDoesNotMatch": "OTHER"}, True),
        ({"etagDoesNotMatch": "*"}, False),
        ({"etagMatches": "ETAG", "etagDoesNotMatch": "OTHER"}, True),
        ({"etagMatches": "ETAG", "etagDoesNotMatch": "ETAG"}, False),
        ({"uploadedBefore": LATER}, True),
        ({"uploadedBefore": AT}, False),
        ({"uploadedBefore": EARLIER}, False),
        ({"uploadedAfter": EARLIER}, True),
        ({"uploadedAfter": AT}, False),
        ({"uploadedAfter": LATER}, False),
        ({"uploadedAfter": EARLIER, "uploadedBefore": LATER}, True),
        ({"uploadedBefore": EARLIER, "etagMatches": "ETAG"}, True),
        ({"uploadedBefore": LATER, "etagMatches": "OTHER"}, False),
        ({"uploadedAfter": LATER, "etagDoesNotMatch": "OTHER"}, True),
        ({"uploadedAfter": EARLIER, "etagDoesNotMatch": "ETAG"}, False),
        ({"uploadedAfter": LATER, "etagMatches": "ETAG"}, False),
        ({"uploadedBefore": EARLIER, "etagDoesNotMatch": "OTHER"}, False),
        ({"uploadedBefore": 0}, False),
        ({"uploadedAfter": 1}, True),
        ({"secondsGranularity": True}, True),
        ({"uploadedAfter": AT, "secondsGranularity": True}, False),
        ({"uploadedBefore": LATER, "secondsGranularity": True}, True),
    ],
)
async def test_a_condition_holds_or_not(
    env: Any, condition: dict[str, Any], expected: bool
) -> None:
    stored = await env.BUCKET.put("k", "v")
    assert await holds(env, filled(condition, stored)) is expected


@pytest.mark.parametrize("condition", [None, {}, []])
async def test_none_and_nothing_are_no_condition(env: Any, condition: Any) -> None:
    await env.BUCKET.put("k", "v")
    assert await holds(env, condition)


@pytest.mark.parametrize(
    ("condition", "is_stored"),
    [
        ({"etagDoesNotMatch": "*"}, True),
        ({"etagDoesNotMatch": "0" * 32}, True),
        ({"uploadedBefore": 1}, True),
        ({"etagMatches": "*"}, False),
        ({"uploadedAfter": 1}, False),
    ],
)
async def test_a_missing_object_fulfils_what_asks_for_none(
    env: Any, condition: dict[str, Any], is_stored: bool
) -> None:
    assert await env.BUCKET.get("k", onlyIf=condition) is None
    stored = await env.BUCKET.put("k", "v", onlyIf=condition)
    assert (stored is not None) == is_stored
    assert (await env.BUCKET.head("k") is not None) == is_stored


async def test_of_puts_at_once_that_want_no_object_one_is_stored(env: Any) -> None:
    create = {"etagDoesNotMatch": "*"}
    puts = (env.BUCKET.put("k", f"{n}", onlyIf=create) for n in range(3))
    results = await asyncio.gather(*puts)
    assert [result is None for result in results].count(False) == 1


async def test_a_failed_condition_is_an_object_without_a_body(env: Any) -> None:
    stored = await env.BUCKET.put("k", "v", customMetadata={"a": "b"})
    found = await env.BUCKET.get("k", onlyIf={"etagDoesNotMatch": stored.etag})
    assert (found.etag, found.customMetadata) == (stored.etag, {"a": "b"})
    assert not hasattr(found, "body")
    assert not hasattr(found, "text")


async def test_a_condition_is_checked_before_the_range(env: Any) -> None:
    await env.BUCKET.put("k", "v")
    options = {"onlyIf": {"etagMatches": "x"}, "range": {"offset": 99}}
    assert not hasattr(await env.BUCKET.get("k", options), "body")


async def test_a_wrong_checksum_is_refused_whatever_the_condition(env: Any) -> None:
    with pytest.raises(Exception, match=r"\(10037\)"):
        await env.BUCKET.put("k", "v", md5="0" * 32, onlyIf={"etagMatches": "x"})


def wrong_field(name: str, type: str) -> str:
    return (
        f"Incorrect type for the '{name}' field on 'Conditional': the provided value is"
        f" not of type '{type}'."
    )


IN_QUOTES = "Conditional ETag should not be wrapped in quotes"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        *[
            (name, value, wrong_field(name, "string"))
            for name in ("etagMatches", "etagDoesNotMatch")
            for value in (None, 5, ["x"])
        ],
        *[
            (name, value, wrong_field(name, "date"))
            for name in ("uploadedBefore", "uploadedAfter")
            for value in (None, "2026-01-01", True)
        ],
        ("etagMatches", '"x"', f'{IN_QUOTES} ("x").'),
        ("etagDoesNotMatch", '"', f'{IN_QUOTES} (").'),
        (
            "uploadedBefore",
            float("nan"),
            "The value cannot be converted because it is not a valid Date.",
        ),
    ],
)
@pytest.mark.parametrize("method", ["get", "put"])
async def test_what_is_no_condition_is_refused(
    env: Any, method: str, name: str, value: Any, message: str
) -> None:
    arguments = ["k", "v"] if method == "put" else ["k"]
    with refused(f"TypeError: {message}"):
        await getattr(env.BUCKET, method)(*arguments, onlyIf={name: value})


@pytest.mark.parametrize("method", ["get", "put"])
@pytest.mark.parametrize("condition", [5, "x", True])
async def test_a_condition_of_another_type_is_refused(
    env: Any, method: str, condition: Any
) -> None:
    arguments = ["k", "v"] if method == "put" else ["k"]
    with refused(
        "TypeError: Incorrect type for the 'onlyIf' field on"
        f" '{method.title()}Options': the provided value is not of type 'Conditional or"
        " Headers'."
    ):
        await getattr(env.BUCKET, method)(*arguments, onlyIf=condition)


ETAG = "9e3669d19b675bd57058fd4664205d2a"  # The MD5 of "v".


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, True),
        ({"If-Match": f'"{ETAG}"'}, True),
        ({"If-Match": f'"x", "{ETAG}"'}, True),
        ({"If-Match": f'"x","{ETAG}"'}, True),
        ({"If-Match": '"x"'}, False),
        ({"If-Match": f'W/"{ETAG}"'}, False),
        ({"If-Match": "*"}, True),
        ({"If-Match": '"x", *'}, True),
        ({"If-Match": '"*"'}, False),
        ({"If-Match": f'"{ETAG}" and more'}, True),
        ({"If-Match": f', ,"{ETAG}"'}, True),
        ({"If-None-Match": f'"{ETAG}"'}, False),
        ({"If-None-Match": f'W/"{ETAG}"'}, False),
        ({"If-None-Match": '"x"'}, True),
        ({"If-None-Match": "*"}, False),
        ({"If-Modified-Since": "Wed, 21 Oct 2015 07:28:00 GMT"}, True),
        ({"If-Modified-Since": "2015-10-21"}, True),
        ({"If-Modified-Since": "Wed, 21 Oct 2099 07:28:00 GMT"}, False),
        ({"If-Unmodified-Since": "Wed, 21 Oct 2015 07:28:00 GMT"}, False),
        ({"If-Unmodified-Since": "Wed, 21 Oct 2099 07:28:00 GMT"}, True),
        ({"If-Range": '"x"'}, True),
    ],
)
async def test_headers_are_conditions(
    env: Any, fields: dict[str, str], expected: bool
) -> None:
    await env.BUCKET.put("k", "v")
    assert await holds(env, headers(fields)) is expected


COMMA = "Comma was expected to separate etags. Encountered a "


@pytest.mark.parametrize(
    ("text", "message"),
    [
        *[(text, "Invalid ETag in if-match header") for text in ("x", "", ",")],
        ('"x', "Unclosed double quote for Etag"),
        ("W", "Weak etags must start with W/ and their value must be quoted"),
        ("W/x", "Weak etags must start with W/ and their value must be quoted"),
        ('"x" *', f"{COMMA}wildcard character '*' instead."),
        (
            '"x" "y"',
            f"{COMMA}double quote character '\"' instead. This would otherwise indicate"
            " the start of a new strong etag.",
        ),
        (
            '"x" W/"y"',
            f"{COMMA}weak quotation character 'W' instead. This would otherwise"
            " indicate the start of a new weak etag.",
        ),
    ],
)
async def test_a_list_of_etags_that_is_none_is_refused(
    env: Any, text: str, message: str
) -> None:
    with refused(f"Error: {message}"):
        await env.BUCKET.get("k", onlyIf=headers({"if-match": text}))
