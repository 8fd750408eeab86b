"""What production does and local workerd does not: we do as production.

Each of these tests fails on workerd, and says why; docs/differences.md lists them.
"""

from typing import Any

import pytest
from pyodide.ffi import JsException


@pytest.mark.stricter_than_local("documented; locally 2,048 bytes are the limit")
async def test_r2_metadata_has_8192_bytes(env: Any) -> None:
    await env.BUCKET.put("k", "v", customMetadata={"m": "x" * 8191})
    with pytest.raises(JsException, match=r"metadata .*\(10012\)"):
        await env.BUCKET.put("k", "v", customMetadata={"m": "x" * 8192})


@pytest.mark.stricter_than_local("documented; locally nothing counts them")
async def test_r2_deletes_1000_keys_at_a_time(env: Any) -> None:
    await env.BUCKET.delete(["k"] * 1000)
    with pytest.raises(JsException):
        await env.BUCKET.delete(["k"] * 1001)


@pytest.mark.stricter_than_local("documented; locally it is empty")
async def test_r2_objects_have_a_storage_class(env: Any) -> None:
    assert (await env.BUCKET.put("k", "v")).storageClass == "Standard"


@pytest.mark.stricter_than_local("there are two in production; locally any text is one")
async def test_r2_refuses_an_unknown_storage_class(env: Any) -> None:
    with pytest.raises(JsException, match="Standard and InfrequentAccess"):
        await env.BUCKET.put("k", "v", storageClass="standard")


@pytest.mark.stricter_than_local("production leaves it out; locally it is empty")
async def test_r2_list_does_not_show_metadata_that_was_not_asked_for(env: Any) -> None:
    await env.BUCKET.put("k", "v", customMetadata={"a": "b"})
    (found,) = (await env.BUCKET.list()).objects
    assert found.customMetadata is None


@pytest.mark.stricter_than_local("locally the etag of a part is random")
async def test_r2_part_etags_are_the_md5_of_the_part(env: Any) -> None:
    upload = await env.BUCKET.createMultipartUpload("m")
    part = await upload.uploadPart(1, "x")
    assert part.etag == "9dd4e461268c8034f5c8564e155c67a6"


@pytest.mark.stricter_than_local("locally the key is ignored, and the object readable")
async def test_r2_needs_the_customers_key_to_read(env: Any) -> None:
    await env.BUCKET.put("k", "v", ssecKey="ab" * 32)
    with pytest.raises(JsException, match="encrypted with an ssecKey"):
        await env.BUCKET.get("k")


@pytest.mark.stricter_than_local("locally it lists from some place on")
@pytest.mark.parametrize("cursor", ["x", "YQ=="])
async def test_r2_refuses_a_cursor_that_no_list_returned(env: Any, cursor: str) -> None:
    with pytest.raises(JsException, match="is no cursor that list"):
        await env.BUCKET.list(cursor=cursor)


@pytest.mark.stricter_than_local("it would reach another object, never the one meant")
def test_durable_object_namespaces_take_no_id_of_another_class(env: Any) -> None:
    foreign = env.NOTEBOOK.idFromName("a")
    with pytest.raises(JsException, match="is not valid for this namespace"):
        env.COUNTER.get(foreign)
