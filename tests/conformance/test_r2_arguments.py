"""Arguments of R2's methods: their types, options that are None, and their order."""

from typing import Any

import pytest

from .refusals import quiet, refused

VALUE = "ReadableStream or ArrayBuffer or ArrayBufferView or string or Blob"


@pytest.mark.parametrize(
    ("method", "arguments", "number", "type"),
    [
        ("get", (), 1, "string"),
        ("head", (), 1, "string"),
        ("put", (), 1, "string"),
        ("put", ("k",), 2, VALUE),
        ("delete", (), 1, "string or Array"),
        ("createMultipartUpload", (), 1, "string"),
        ("resumeMultipartUpload", (), 1, "string"),
        ("resumeMultipartUpload", ("k",), 2, "string"),
        ("get", ("k", 5), 2, "GetOptions"),
        ("get", ("k", "x"), 2, "GetOptions"),
        ("put", ("k", "v", 5), 3, "PutOptions"),
        ("list", (5,), 1, "ListOptions"),
        ("list", ("x",), 1, "ListOptions"),
        ("createMultipartUpload", ("k", 5), 2, "MultipartOptions"),
    ],
)
async def test_arguments_that_are_missing_or_of_another_type_are_refused(
    env: Any, method: str, arguments: tuple[Any, ...], number: int, type: str
) -> None:
    with refused(
        f"TypeError: Failed to execute '{method}' on 'R2Bucket': parameter {number} is"
        f" not of type '{type}'."
    ):
        await getattr(env.BUCKET, method)(*arguments)


@pytest.mark.parametrize(
    ("method", "arguments", "number", "type"),
    [
        ("uploadPart", (), 1, "integer"),
        ("uploadPart", (1,), 2, VALUE),
        ("uploadPart", (1, "x", 5), 3, "UploadPartOptions"),
        ("complete", (), 1, "Array"),
    ],
)
async def test_so_are_those_of_uploads(
    env: Any, method: str, arguments: tuple[Any, ...], number: int, type: str
) -> None:
    upload = await env.BUCKET.createMultipartUpload("m")
    with refused(
        f"TypeError: Failed to execute '{method}' on 'R2MultipartUpload': parameter"
        f" {number} is not of type '{type}'."
    ):
        await getattr(upload, method)(*arguments)


@quiet
@pytest.mark.parametrize("options", [None, {}, [], {"unknown": 1}])
async def test_options_may_be_none_or_any_object(env: Any, options: Any) -> None:
    assert (await env.BUCKET.put("k", "v", options)).size == 1
    assert await (await env.BUCKET.get("k", options)).text() == "v"
    assert len((await env.BUCKET.list(options)).objects) == 1
    upload = await env.BUCKET.createMultipartUpload("m", options)
    await upload.complete([await upload.uploadPart(1, "x", options)])


@pytest.mark.parametrize("by_keyword", [True, False])
async def test_keywords_are_the_options(env: Any, by_keyword: bool) -> None:
    options = {"customMetadata": {"a": "b"}}
    if by_keyword:
        stored = await env.BUCKET.put("k", "v", **options)
    else:
        stored = await env.BUCKET.put("k", "v", options)
    assert stored.customMetadata == {"a": "b"}


@quiet
async def test_keywords_behind_other_options_are_ignored(env: Any) -> None:
    stored = await env.BUCKET.put("k", "v", {}, customMetadata={"a": "b"})
    assert stored.customMetadata == {}


@quiet
async def test_names_with_underscores_are_ignored(env: Any) -> None:
    stored = await env.BUCKET.put("k", "v", custom_metadata={"a": "b"})
    assert stored.customMetadata == {}


@quiet
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("x" * 1025, 5, {"md5": 5}),
            "TypeError: Failed to execute 'put' on 'R2Bucket': parameter 2 is not of"
            f" type '{VALUE}'.",
        ),
        (
            ("x" * 1025, "v", {"md5": "x", "onlyIf": {"etagMatches": '"'}}),
            'TypeError: Conditional ETag should not be wrapped in quotes (").',
        ),
        (
            ("x" * 1025, "v", {"md5": "x", "ssecKey": "x"}),
            "TypeError: MD5 is 32 hex characters, not 1",
        ),
        (
            ("x" * 1025, "v", {"md5": "0" * 32, "ssecKey": "x"}),
            "Error: SSE-C Key has invalid format",
        ),
        (
            ("x" * 1025, "v", {"md5": "0" * 32, "customMetadata": {"a": "x" * 9000}}),
            "Error: put: The specified object name is not valid. (10020)",
        ),
        (
            ("k", "v", {"md5": "0" * 32, "customMetadata": {"a": "x" * 9000}}),
            "Error: put: Your metadata headers exceed the maximum allowed metadata"
            " size. (10012)",
        ),
    ],
    ids=["value", "onlyIf", "checksum", "ssecKey", "key", "metadata"],
)
async def test_put_checks_one_thing_after_another(
    env: Any, arguments: tuple[Any, ...], message: str
) -> None:
    with refused(message):
        await env.BUCKET.put(*arguments)


@pytest.mark.parametrize(
    "call",
    [
        lambda bucket: bucket.put("k", 5),
        lambda bucket: bucket.get(),
        lambda bucket: bucket.list(limit=0),
        lambda bucket: bucket.delete(),
        lambda bucket: bucket.createMultipartUpload(),
    ],
    ids=["put", "get", "list", "delete", "createMultipartUpload"],
)
async def test_errors_are_raised_where_the_call_is_awaited(env: Any, call: Any) -> None:
    pending = call(env.BUCKET)
    with pytest.raises(Exception, match=r"parameter|MaxKeys"):
        await pending
