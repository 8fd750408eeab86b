"""Steps on a KV namespace."""

from typing import Any

from hypothesis import strategies as st

from .steps import Step, World

KEYS = st.sampled_from(
    [
        "a",
        "b",
        "a/1",
        "a/2",
        "é",
        "z😀",
        "A",
        "",
        ".",
        "..",
        "k" * 512,
        "k" * 513,
        5,
        None,
    ]
)
FAR = 4_102_444_800
VALUES = st.one_of(
    st.text(max_size=8),
    st.binary(max_size=8),
    st.sampled_from(
        [0, -0.0, 1.5, 1e21, float("nan"), True, None, 2**60, {"a": 1}, [1], "[1, 2"]
    ),
    st.sampled_from(['{"a": [1, 2.50, null]}', "1e400", '"\\ud83d"', "\ufeff1", "[1]"]),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 2**54) | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)
TIMES = st.sampled_from(
    [60, 59, 0, -1, 60.9, "60", "x", None, FAR, 2**31 - 1, 2**31, 1e10, float("nan")]
)
PUT_OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "metadata": JSON | st.sampled_from(["m" * 1022, "m" * 1023, "é" * 600]),
        "expiration": TIMES,
        "expirationTtl": TIMES,
    },
)
TYPES = st.sampled_from(["text", "json", "arrayBuffer", "stream", "blob", None, 1])
GET_OPTIONS = TYPES | st.fixed_dictionaries(
    {}, optional={"type": TYPES, "cacheTtl": st.sampled_from([60, 30, 29, 0, "x"])}
)
LIST_OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "prefix": st.sampled_from(["", "a", "a/", "é", "%", None]),
        "limit": st.sampled_from([1, 2, 1000, 1001, 0, -1, "2", None, 1.9]),
        "cursor": st.sampled_from(["last", None]),
    },
)

STEPS = st.one_of(
    st.tuples(st.just("put"), KEYS, VALUES),
    st.tuples(st.just("put"), KEYS, VALUES, PUT_OPTIONS),
    st.tuples(st.just("get"), KEYS),
    st.tuples(st.just("get"), KEYS | st.lists(KEYS, max_size=3), GET_OPTIONS),
    st.tuples(st.just("getWithMetadata"), KEYS),
    st.tuples(
        st.just("getWithMetadata"), KEYS | st.lists(KEYS, max_size=3), GET_OPTIONS
    ),
    st.tuples(st.just("delete"), KEYS),
    st.tuples(st.just("list"), LIST_OPTIONS),
)


async def perform(world: World, step: Step) -> Any:
    method, *arguments = step
    if method == "list":
        return await _list(world, dict(arguments[0]))
    result = await getattr(world.env.KV, method)(*arguments)
    if method == "get" and "ReadableStream" in str(result):
        return b"".join([bytes(chunk.to_py()) async for chunk in result])
    return result


async def _list(world: World, options: dict[str, Any]) -> Any:
    if options.get("cursor") == "last":
        options["cursor"] = world.saved.get("cursor")
    page = await world.env.KV.list(**options)
    world.saved["cursor"] = page.get("cursor")
    for key in page["keys"]:
        if "expiration" in key and key["expiration"] < FAR - 10:
            key["expiration"] //= 100  # A ttl from now, and now differs.
    return page
