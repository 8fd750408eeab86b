"""Parts may be named in any order; sizes are checked in that order and by number."""

from typing import Any

import pytest
from pyodide.ffi import JsException

WHOLE, SMALL = 5 * 2**20, 1
TOO_SMALL = r"smaller than the minimum allowed object size\. \(10011\)"
UNEQUAL = r"All non-trailing parts must have the same length\. \(10048\)"


@pytest.mark.parametrize(
    ("sizes", "order", "problem"),
    [
        ((SMALL, WHOLE), (1, 2), TOO_SMALL),
        ((SMALL, WHOLE), (2, 1), UNEQUAL),
        ((WHOLE, SMALL), (2, 1), TOO_SMALL),
        ((WHOLE, SMALL, WHOLE), (1, 3, 2), UNEQUAL),
    ],
)
async def test_every_part_but_the_last_is_large_and_all_are_equal(
    env: Any, sizes: tuple[int, ...], order: tuple[int, ...], problem: str
) -> None:
    upload = await env.BUCKET.createMultipartUpload("k")
    parts = [await upload.uploadPart(n, bytes(size)) for n, size in enumerate(sizes, 1)]
    with pytest.raises(JsException, match=problem):
        await upload.complete([parts[number - 1] for number in order])


async def test_the_object_is_by_number(env: Any) -> None:
    upload = await env.BUCKET.createMultipartUpload("k")
    first = await upload.uploadPart(1, bytes(WHOLE))
    last = await upload.uploadPart(2, bytes([1] * WHOLE))
    stored = await upload.complete([last, first])
    assert stored.size == 2 * WHOLE
    assert await (await env.BUCKET.get("k", range={"length": 1})).bytes() == b"\0"
