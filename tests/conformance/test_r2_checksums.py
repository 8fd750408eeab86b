"""Checksums of R2 objects, and keys of the customer."""

import hashlib
from typing import Any

import pytest
from pyodide.ffi import JsException

from .refusals import refused

ALGORITHMS = {
    "md5": ("MD5", 16),
    "sha1": ("SHA-1", 20),
    "sha256": ("SHA-256", 32),
    "sha384": ("SHA-384", 48),
    "sha512": ("SHA-512", 64),
}


@pytest.fixture(params=ALGORITHMS)
def algorithm(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_a_right_checksum_is_stored(env: Any, algorithm: str) -> None:
    digest = hashlib.new(algorithm, b"v").digest()
    for given in (digest, digest.hex(), digest.hex().upper()):
        stored = await env.BUCKET.put("k", "v", {algorithm: given})
        found = getattr(stored.checksums, algorithm)
        assert (type(found), bytes(found)) == (memoryview, digest)
        shown = stored.checksums.toJSON()
        assert shown[algorithm] == digest.hex()
        assert shown["md5"] == hashlib.md5(b"v").hexdigest()


async def test_a_wrong_checksum_is_refused(env: Any, algorithm: str) -> None:
    await env.BUCKET.put("k", "v")
    name, size = ALGORITHMS[algorithm]
    actual = hashlib.new(algorithm, b"other").hexdigest()
    with refused(
        f"Error: put: The {name} checksum you specified did not match what we received."
        f"\nYou provided a {name} checksum with value: {'ab' * size}"
        f"\nActual {name} was: {actual} (10037)"
    ):
        await env.BUCKET.put("k", "other", {algorithm: "AB" * size})
    assert await (await env.BUCKET.get("k")).text() == "v"


async def test_a_checksum_has_its_length(env: Any, algorithm: str) -> None:
    name, size = ALGORITHMS[algorithm]
    with refused(f"TypeError: {name} is {size * 2} hex characters, not 4"):
        await env.BUCKET.put("k", "v", {algorithm: "abcd"})
    with refused(f"TypeError: {name} is {size} bytes, not 3"):
        await env.BUCKET.put("k", "v", {algorithm: b"abc"})
    with refused(f"TypeError: Provided {name} wasn't a valid hex string"):
        await env.BUCKET.put("k", "v", {algorithm: "x" * size * 2})


@pytest.mark.parametrize("value", [None, 5, [1], {}])
async def test_a_checksum_is_text_or_bytes(
    env: Any, algorithm: str, value: Any
) -> None:
    with refused(
        f"TypeError: Incorrect type for the '{algorithm}' field on 'PutOptions': the"
        " provided value is not of type 'JsBufferSource or string'."
    ):
        await env.BUCKET.put("k", "v", {algorithm: value})


async def test_there_is_one_checksum_at_most(env: Any) -> None:
    with refused("TypeError: You cannot specify multiple hashing algorithms."):
        await env.BUCKET.put("k", "v", md5="ab" * 16, sha1="ab" * 20)


async def test_the_other_checksums_are_none(env: Any) -> None:
    checksums = (await env.BUCKET.put("k", "v")).checksums
    assert [checksums[name] for name in ALGORITHMS][1:] == [None] * 4
    md5 = hashlib.md5(b"v").hexdigest()
    assert checksums.toJSON() == {**dict.fromkeys(ALGORITHMS), "md5": md5}


async def test_an_upload_in_parts_has_no_checksums(env: Any) -> None:
    upload = await env.BUCKET.createMultipartUpload("m")
    done = await upload.complete([await upload.uploadPart(1, "x")])
    assert done.checksums.toJSON() == dict.fromkeys(ALGORITHMS)


KEY = "ab" * 32


@pytest.mark.parametrize("key", [KEY, bytes.fromhex(KEY)])
async def test_a_key_of_the_customer_is_64_hex_digits_or_32_bytes(
    env: Any, key: Any
) -> None:
    await env.BUCKET.put("k", "v", ssecKey=key)
    assert await (await env.BUCKET.get("k", ssecKey=key)).text() == "v"


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("", "SSE-C Key has invalid format"),
        ("AB" * 32, "SSE-C Key has invalid format"),
        (None, "SSE-C Key has invalid format"),
        ("xy" * 32, "SSE-C Key has invalid format"),
        ("ab" * 31, "SSE-C Key must be 32 bytes in length"),
        (b"x" * 31, "SSE-C Key must be 32 bytes in length"),
    ],
)
async def test_what_is_no_key_is_refused_everywhere(
    env: Any, key: Any, message: str
) -> None:
    upload = await env.BUCKET.createMultipartUpload("m")
    calls = (
        lambda: env.BUCKET.put("k", "v", ssecKey=key),
        lambda: env.BUCKET.get("k", ssecKey=key),
        lambda: env.BUCKET.createMultipartUpload("k", ssecKey=key),
        lambda: upload.uploadPart(1, "v", ssecKey=key),
    )
    for call in calls:
        with refused(f"Error: {message}"):
            await call()


@pytest.mark.stricter_than_local("locally the key is ignored, and the object readable")
async def test_an_encrypted_object_needs_the_customers_key(env: Any) -> None:
    await env.BUCKET.put("k", "v", ssecKey=KEY)
    with pytest.raises(JsException, match="encrypted with an ssecKey"):
        await env.BUCKET.get("k")
    with pytest.raises(JsException, match="encrypted with another ssecKey"):
        await env.BUCKET.get("k", ssecKey="cd" * 32)


@pytest.mark.stricter_than_local("documented; locally it is not there")
async def test_an_encrypted_object_names_the_md5_of_its_key(env: Any) -> None:
    stored = await env.BUCKET.put("k", "v", ssecKey=KEY)
    assert stored.ssecKeyMd5 == hashlib.md5(bytes.fromhex(KEY)).hexdigest()
