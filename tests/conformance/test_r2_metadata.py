"""httpMetadata and customMetadata of R2 objects."""

import datetime
from typing import Any

import pytest

from .refusals import refused

NAMES = ["contentType", "contentLanguage", "contentDisposition", "contentEncoding"]
NAMES += ["cacheControl", "cacheExpiry"]


def wrong_field(name: str, owner: str, type: str) -> str:
    return (
        f"TypeError: Incorrect type for the '{name}' field on '{owner}': the provided"
        f" value is not of type '{type}'."
    )


async def test_metadata_comes_back_as_dictionaries(env: Any) -> None:
    expiry = datetime.datetime(2030, 1, 2, 3, 4, 5, 678000)
    given = {name: f"the {name}" for name in NAMES[:-1]} | {"cacheExpiry": expiry}
    custom = {"Name": "1", "name": "2", "": "empty", "é": "€", "10": "a", "2": "b"}
    await env.BUCKET.put("k", "v", httpMetadata=given, customMetadata=custom)
    for found in (await env.BUCKET.head("k"), await env.BUCKET.get("k")):
        assert found.httpMetadata == given
        assert found.httpMetadata.contentType == "the contentType"
        assert found.customMetadata == custom
        assert list(found.customMetadata) == ["2", "10", "Name", "name", "", "é"]


async def test_what_is_not_set_is_none(env: Any) -> None:
    stored = await env.BUCKET.put("k", "v", httpMetadata={"contentType": ""})
    assert stored.httpMetadata == {**dict.fromkeys(NAMES), "contentType": ""}
    assert stored.customMetadata == {}


async def test_a_name_that_javascript_takes_for_the_prototype_is_lost(env: Any) -> None:
    await env.BUCKET.put("k", "v", customMetadata={"__proto__": "x", "a": "b"})
    assert (await env.BUCKET.head("k")).customMetadata == {"a": "b"}


@pytest.mark.parametrize("metadata", [None, {}, []])
async def test_none_and_nothing_are_no_http_metadata(env: Any, metadata: Any) -> None:
    stored = await env.BUCKET.put("k", "v", httpMetadata=metadata)
    assert stored.httpMetadata == dict.fromkeys(NAMES)


async def test_a_put_without_metadata_forgets_what_was_there(env: Any) -> None:
    http, custom = {"contentType": "a/b"}, {"a": "b"}
    await env.BUCKET.put("k", "v", httpMetadata=http, customMetadata=custom)
    await env.BUCKET.put("k", "v")
    found = await env.BUCKET.head("k")
    assert (found.customMetadata, found.httpMetadata.contentType) == ({}, None)


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        *[(5, "5"), (None, "null"), (True, "true"), (1e21, "1e+21")],
        *[([1, 2], "1,2"), ({}, "[object Object]")],
    ],
)
async def test_texts_of_metadata_are_made_of_any_value(
    env: Any, value: Any, stored: str
) -> None:
    found = await env.BUCKET.put(
        "k", "v", httpMetadata={"contentType": value}, customMetadata={"a": value}
    )
    assert (found.httpMetadata.contentType, found.customMetadata.a) == (stored, stored)


@pytest.mark.parametrize(
    "expiry", [1_000, 1_000.9, datetime.datetime(1970, 1, 1, 0, 0, 1)]
)
async def test_an_expiry_is_a_date_or_milliseconds(env: Any, expiry: Any) -> None:
    stored = await env.BUCKET.put("k", "v", httpMetadata={"cacheExpiry": expiry})
    assert stored.httpMetadata.cacheExpiry == datetime.datetime(1970, 1, 1, 0, 0, 1)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"httpMetadata": 5}, "HttpMetadata or Headers"),
        ({"httpMetadata": "text/css"}, "HttpMetadata or Headers"),
        ({"customMetadata": None}, "object"),
        ({"customMetadata": 5}, "object"),
        ({"customMetadata": "x"}, "object"),
        ({"customMetadata": ["x"]}, "object"),
    ],
)
@pytest.mark.parametrize("method", ["put", "createMultipartUpload"])
async def test_metadata_of_another_type_is_refused(
    env: Any, method: str, options: dict[str, Any], message: str
) -> None:
    owner = "PutOptions" if method == "put" else "MultipartOptions"
    arguments = ["k", "v"] if method == "put" else ["k"]
    with refused(wrong_field(*options, owner, message)):
        await getattr(env.BUCKET, method)(*arguments, options)


@pytest.mark.parametrize("expiry", [None, "2030-01-01", True, {}, 2**60])
async def test_an_expiry_of_another_type_is_refused(env: Any, expiry: Any) -> None:
    with refused(wrong_field("cacheExpiry", "HttpMetadata", "date")):
        await env.BUCKET.put("k", "v", httpMetadata={"cacheExpiry": expiry})


async def test_http_metadata_is_taken_from_headers(env: Any) -> None:
    from js import Headers

    given = Headers.new()
    given.append("Content-Type", "text/css")
    given.append("content-language", "de")
    given.append("content-language", "en")
    given.append("expires", "Wed, 21 Oct 2015 07:28:00 GMT")
    given.append("x-other", "not taken")
    found = (await env.BUCKET.put("k", "v", httpMetadata=given)).httpMetadata
    assert found == {
        **dict.fromkeys(NAMES),
        "contentType": "text/css",
        "contentLanguage": "de, en",
        "cacheExpiry": datetime.datetime(2015, 10, 21, 7, 28),
    }


async def test_http_metadata_is_written_to_headers(env: Any) -> None:
    from js import Headers

    metadata = {"contentType": "a/b", "cacheExpiry": 1_000, "cacheControl": "no-store"}
    found = await env.BUCKET.put("k", "v", httpMetadata=metadata)
    written = Headers.new()
    written.set("x-other", "kept")
    written.set("content-type", "replaced")
    written.set("content-language", "kept")
    found.writeHttpMetadata(written)
    assert [list(field) for field in written] == [
        ["cache-control", "no-store"],
        ["content-language", "kept"],
        ["content-type", "a/b"],
        ["expires", "Thu, 01 Jan 1970 00:00:01 GMT"],
        ["x-other", "kept"],
    ]


async def test_metadata_may_be_no_header(env: Any) -> None:
    from js import Headers

    found = await env.BUCKET.put("k", "v", httpMetadata={"contentType": "a\nb"})
    with refused("TypeError: Invalid header value."):
        found.writeHttpMetadata(Headers.new())


@pytest.mark.parametrize("target", [None, {}, "x"])
async def test_metadata_is_written_to_headers_alone(env: Any, target: Any) -> None:
    found = await env.BUCKET.put("k", "v")
    with refused(
        "TypeError: Failed to execute 'writeHttpMetadata' on 'HeadResult': parameter 1"
        " is not of type 'Headers'."
    ):
        found.writeHttpMetadata(target)


async def test_http_metadata_has_no_limit(env: Any) -> None:
    stored = await env.BUCKET.put("k", "v", httpMetadata={"contentType": "x" * 9000})
    assert len(stored.httpMetadata.contentType) == 9000


TOO_LARGE = "Your metadata headers exceed the maximum allowed metadata size. (10012)"


@pytest.mark.stricter_than_local("documented; locally 2,048 bytes are the limit")
@pytest.mark.parametrize(
    ("most", "more"),
    [("x" * 8191, "x" * 8192), ("é" * 8191, "é" * 8192), ("€" * 4095, "€" * 4096)],
    ids=["ASCII", "Latin-1", "other"],
)
async def test_custom_metadata_has_8192_bytes(env: Any, most: str, more: str) -> None:
    await env.BUCKET.put("k", "v", customMetadata={"m": most})
    with refused(f"Error: put: {TOO_LARGE}"):
        await env.BUCKET.put("k", "v", customMetadata={"m": more})


@pytest.mark.stricter_than_local("documented of objects; locally only put counts them")
async def test_custom_metadata_of_an_upload_has_8192_bytes(env: Any) -> None:
    with refused(f"Error: createMultipartUpload: {TOO_LARGE}"):
        await env.BUCKET.createMultipartUpload("k", customMetadata={"m": "x" * 8192})
