"""Steps on an R2 bucket."""

import datetime
from typing import Any

from hypothesis import strategies as st

from .steps import Step, World, plain

KEYS = st.sampled_from(
    ["a", "b", "d/1", "d/2", "d/e/3", "é", "k" * 1024, "k" * 1025, 5]
)
VALUES = st.one_of(
    st.text(max_size=12),
    st.binary(max_size=12),
    st.sampled_from([None, 5, {"a": 1}, "0123456789"]),
)
HASHES = st.sampled_from(
    [
        "781e5e245d69b566979b86e28d23f2c7",  # The MD5 of 0123456789.
        *("d41d8cd98f00b204e9800998ecf8427e", "abc", "", "x" * 32, b"\0" * 16),
    ]
)
ETAGS = st.sampled_from(
    [
        "781e5e245d69b566979b86e28d23f2c7",
        "*",
        "x",
        "",
        '"781e5e245d69b566979b86e28d23f2c7"',
    ]
)
PAST, FUTURE = datetime.datetime(2020, 1, 1), datetime.datetime(2100, 1, 1)
CONDITIONS = st.fixed_dictionaries(
    {},
    optional={
        "etagMatches": ETAGS,
        "etagDoesNotMatch": ETAGS,
        "uploadedBefore": st.sampled_from([PAST, FUTURE]),
        "uploadedAfter": st.sampled_from([PAST, FUTURE]),
        "secondsGranularity": st.booleans(),
    },
)
TEXTS = st.sampled_from(["text/plain", "", "é", "no-cache", None, 5])
HTTP_METADATA = st.fixed_dictionaries(
    {},
    optional={
        "contentType": TEXTS,
        "contentLanguage": TEXTS,
        "contentDisposition": TEXTS,
        "contentEncoding": TEXTS,
        "cacheControl": TEXTS,
        "cacheExpiry": st.sampled_from([PAST, FUTURE]),
    },
)
CUSTOM = st.dictionaries(
    st.sampled_from(["m", "N", "é", ""]), st.sampled_from(["v", "", "é", 5]), max_size=2
)
PUT_OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "onlyIf": CONDITIONS,
        "httpMetadata": HTTP_METADATA,
        "customMetadata": CUSTOM,
        "md5": HASHES,
        "sha256": HASHES,
    },
)
NUMBERS = st.sampled_from([0, 1, 3, 10, 11, -1, 1.5, "2"])
RANGES = st.sampled_from(
    [
        *({"offset": 2}, {"length": 3}, {"offset": 2, "length": 3}, {"suffix": 4}),
        *(
            {"offset": 0, "length": 100},
            {"suffix": 0},
            {"suffix": 100},
            {"offset": 100},
        ),
        *({"offset": -1}, {"length": 0}, {"suffix": 2, "offset": 1}, {"length": -1}),
    ]
)
GET_OPTIONS = st.fixed_dictionaries(
    {}, optional={"onlyIf": CONDITIONS, "range": RANGES}
)
LIST_OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "prefix": st.sampled_from(["", "d", "d/", "é", None]),
        "delimiter": st.sampled_from(["/", "", "e", "d/"]),
        "limit": st.sampled_from([1, 2, 1000, 1001, 0, -1, 1.9]),
        "startAfter": st.sampled_from(["a", "d/1", "", "zz"]),
        "include": st.sampled_from([["httpMetadata"], ["customMetadata"], [], ["x"]]),
        "cursor": st.just("last"),
    },
)
READERS = st.sampled_from(["text", "arrayBuffer", "bytes", "json", "blob", "body"])

STEPS = st.one_of(
    st.tuples(st.just("put"), KEYS, VALUES),
    st.tuples(st.just("put"), KEYS, VALUES, PUT_OPTIONS),
    st.tuples(st.just("head"), KEYS),
    st.tuples(st.just("get"), KEYS, GET_OPTIONS, READERS),
    st.tuples(st.just("delete"), KEYS | st.lists(KEYS, min_size=1, max_size=3)),
    st.tuples(st.just("list"), LIST_OPTIONS),
    st.tuples(st.just("create"), KEYS, HTTP_METADATA, CUSTOM),
    st.tuples(st.just("part"), st.sampled_from([1, 2, 0, 10_001, 1.5]), VALUES),
    st.tuples(st.just("complete"), st.lists(st.sampled_from([1, 2]), max_size=2)),
    st.tuples(st.just("abort")),
    st.tuples(st.just("copy"), KEYS, KEYS),
)


async def perform(world: World, step: Step) -> Any:
    bucket = world.env.BUCKET
    match step:
        case ("get", key, options, reader):
            return await _get(bucket, key, options, reader)
        case ("list", options):
            return await _list(world, dict(options))
        case ("copy", key, other):
            found = await bucket.get(key)
            return found and await bucket.put(other, found["body"])
        case ("create", key, http, custom):
            world.saved["parts"] = {}
            world.saved["upload"] = await bucket.createMultipartUpload(
                key, httpMetadata=http, customMetadata=custom
            )
            return world.saved["upload"]["key"]
        case ("part" | "complete" | "abort", *arguments):
            return await _upload(world, step[0], arguments)
        case (method, *arguments):
            return await getattr(bucket, method)(*arguments)


async def _get(bucket: Any, key: Any, options: Any, reader: str) -> Any:
    found = await bucket.get(key, options)
    if found is None or found._binding.constructor.name == "HeadResult":
        return found
    if reader == "body":
        body = b"".join([bytes(chunk.to_py()) async for chunk in found["body"]])
    else:
        body = await getattr(found, reader)()
    if reader == "blob":
        body = [body.content_type, await body.text()]
    return [found, body]


async def _list(world: World, options: dict[str, Any]) -> Any:
    if options.get("cursor") == "last":
        options["cursor"] = world.saved.get("cursor")
        if options["cursor"] is None:
            del options["cursor"]
    page = await world.env.BUCKET.list(**options)
    world.saved["cursor"] = page.get("cursor")
    objects = [_asked_for(plain(found), options) for found in page["objects"]]
    return {**page, "objects": objects}


def _asked_for(found: Any, options: dict[str, Any]) -> dict[str, Any]:
    """What a list shows, without metadata that was not asked for: {} locally."""
    asked = options.get("include", ())
    metadata = {"httpMetadata", "customMetadata"}.difference(asked)
    return {name: value for name, value in found[1].items() if name not in metadata}


async def _upload(world: World, what: str, arguments: list[Any]) -> Any:
    upload = world.saved.get("upload")
    if upload is None:
        return None
    if what == "part":
        part = await upload.uploadPart(*arguments)
        world.saved["parts"][part["partNumber"]] = part
        return part["partNumber"]
    if what == "abort":
        return await upload.abort()
    known = world.saved["parts"]
    return await upload.complete([known[n] for n in arguments[0] if n in known])
