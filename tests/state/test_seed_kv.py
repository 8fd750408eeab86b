"""Seeding KV: a test's own data, and wrangler's file of key-value pairs."""

import json
from pathlib import Path
from typing import Any

import pytest

from pytest_cfbindings import Cf, SeedError
from pytest_cfbindings.clock import Clock

from .test_dump import entry


@pytest.fixture
def bulk_file(tmp_path: Path) -> Any:
    """Writes a file and gives its path."""

    def write(content: Any) -> Path:
        path = tmp_path / "kv.json"
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
        return path

    return write


async def test_a_dict_of_values_is_stored_beside_what_is_there(
    env: Any, cf: Cf
) -> None:
    await env.KV.put("old", "v")
    await env.KV.put("replaced", "v", metadata={"a": 1})
    cf.seed(env.KV, {"replaced": "text", "bytes": b"\xff"})
    assert cf.dump(env.KV) == {
        "bytes": entry(b"\xff"),
        "old": entry("v"),
        "replaced": entry("text"),
    }
    assert await env.KV.get("replaced") == "text"


def test_an_entry_may_have_metadata_and_an_expiration(
    env: Any, cf: Cf, clock: Clock
) -> None:
    soon = clock.now_seconds() + 90
    cf.seed(
        env.KV,
        {
            "a": {"value": "v", "metadata": {"x": [1.0, None]}, "expiration": soon},
            "b": {"value": "v", "expiration_ttl": 60},
        },
    )
    dump = cf.dump(env.KV)
    assert dump["a"] == entry("v", {"x": [1, None]}, soon)
    assert 58 <= dump["b"]["expiration"] - clock.now_seconds() <= 60


async def test_a_dump_is_a_seed(env: Any, cf: Cf) -> None:
    await env.KV.put("k", b"\xff", metadata={"a": 1}, expirationTtl=600)
    cf.seed("KV2", cf.dump("KV"))
    assert cf.dump("KV2") == cf.dump("KV")


def test_a_list_is_what_wrangler_kv_bulk_put_takes(env: Any, cf: Cf) -> None:
    cf.seed(
        env.KV,
        [
            {"key": "a", "value": "v", "metadata": {"m": 1}, "expiration": 2147483640},
            {"key": "b", "value": "/wA=", "base64": True, "metadata": None},
        ],
    )
    assert cf.dump(env.KV) == {
        "a": entry("v", {"m": 1}, 2147483640),
        "b": entry(b"\xff\x00"),
    }


def test_a_file_is_what_wrangler_kv_bulk_put_takes(
    env: Any, cf: Cf, bulk_file: Any
) -> None:
    cf.seed(env.KV, bulk_file('\ufeff[{"key": "ключ", "value": "☃"}]'))
    assert cf.dump(env.KV) == {"ключ": entry("☃")}


def test_a_seed_is_no_call_of_the_worker_and_gone_after_reset(env: Any, cf: Cf) -> None:
    cf.seed(env.KV, {"k": "v"})
    assert cf.calls(env.KV) == []
    cf.reset()
    assert cf.dump(env.KV) == {}


LONG = "k" * 513


@pytest.mark.parametrize(
    ("item", "problem"),
    [
        (5, "expected an object, but got int"),
        ({"value": "v"}, '"key" should be a string, but is nothing'),
        ({"key": "k"}, "(key 'k'): \"value\" should be a string, but is nothing"),
        ({"key": "k", "value": 5}, '"value" should be a string, but is int'),
        (
            {"key": "k", "value": "v", "expirationTtl": 60},
            "unexpected property 'expirationTtl'; there are key, value, metadata,"
            " expiration, expiration_ttl, base64",
        ),
        (
            {"key": "k", "value": "v", "expiration": 1.5},
            '"expiration" is 1.5, but has to be whole seconds',
        ),
        (
            {"key": "k", "value": "v", "expiration_ttl": None},
            '"expiration_ttl" is None, but has to be whole seconds',
        ),
        ({"key": "k", "value": "?", "base64": True}, "the value is no base64: "),
        (
            {"key": "k", "value": "v", "base64": 1},
            '"base64" should be a boolean, but is int',
        ),
        ({"key": "", "value": "v"}, "(key ''): Key name cannot be empty."),
        ({"key": "..", "value": "v"}, '".." is not allowed as a key name.'),
        (
            {"key": LONG, "value": "v"},
            "KV PUT failed: 414 UTF-8 encoded length of 513 exceeds key length limit"
            " of 512.",
        ),
        (
            {"key": "k", "value": "v", "metadata": "m" * 1023},
            "KV PUT failed: 413 Metadata length of 1025 exceeds limit of 1024.",
        ),
        (
            {"key": "k", "value": "v", "expiration_ttl": 30},
            "KV PUT failed: 400 Invalid expiration_ttl of 30. Expiration TTL must be at"
            " least 60.",
        ),
        (
            {"key": "k", "value": "v", "expiration": 1},
            "KV PUT failed: 400 Invalid expiration of 1. Please specify integer greater"
            " than the current number of seconds since the UNIX epoch.",
        ),
    ],
)
def test_a_bad_entry_is_named_with_its_file_and_limit_and_nothing_is_stored(
    env: Any, cf: Cf, bulk_file: Any, item: object, problem: str
) -> None:
    path = bulk_file([{"key": "good", "value": "v"}, item])
    with pytest.raises(SeedError) as raised:
        cf.seed(env.KV, path)
    assert str(raised.value).startswith(f"{path}, entry 1")
    assert problem in str(raised.value)
    assert cf.dump(env.KV) == {}


def test_a_value_that_is_too_long_is_refused(env: Any, cf: Cf) -> None:
    with pytest.raises(SeedError) as raised:
        cf.seed(env.KV, {"k": b"x" * (25 * 1024 * 1024 + 1)})
    assert str(raised.value) == (
        "seed of KV, key 'k': KV PUT failed: 413 Value length of 26214401 exceeds limit"
        " of 26214400."
    )


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('{"key": "k", "value": "v"}', "expected an array of key-value objects, as"),
        ("[1, 2", "no JSON: Expecting ',' delimiter: line 1 column 6"),
        ("[NaN]", "no JSON: NaN is not JSON"),
    ],
)
def test_a_file_that_is_none_of_wranglers_is_refused(
    env: Any, cf: Cf, bulk_file: Any, content: str, problem: str
) -> None:
    path = bulk_file(content)
    with pytest.raises(SeedError) as raised:
        cf.seed(env.KV, path)
    assert str(raised.value).startswith(f"{path}: {problem}")


def test_a_file_that_is_no_text_is_refused(env: Any, cf: Cf, tmp_path: Path) -> None:
    path = tmp_path / "kv.json"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(SeedError, match=r"kv\.json: cannot be read: 'utf-8' codec"):
        cf.seed(env.KV, path)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (5, "seed of KV: KV is seeded with a dict of values, a list as for"),
        ({1: "v"}, "seed of KV, key 1: a key is text, not int"),
        ({"k": 5}, "seed of KV, key 'k': 5 is neither text nor bytes"),
        (
            {"k": {"name": "x"}},
            "seed of KV, key 'k': an entry has a value, and may have metadata,"
            " expiration, expiration_ttl; to store JSON, give its text",
        ),
        (
            {"k": {"value": "v", "metadata": {1, 2}}},
            "seed of KV, key 'k': metadata is no JSON: Object of type set",
        ),
        (
            {"k": {"value": {"sha256": "00", "size": 100}}},
            "seed of KV, key 'k': only the digest of 100 bytes is there",
        ),
        ({"k": "\ud800"}, "seed of KV, key 'k': text with a lone surrogate"),
        ({"\ud800": "v"}, "400 Could not URL-decode key name"),
    ],
)
def test_other_data_is_refused(env: Any, cf: Cf, data: Any, problem: str) -> None:
    with pytest.raises(SeedError) as raised:
        cf.seed(env.KV, data)
    assert problem in str(raised.value)


def test_a_path_is_relative_to_the_tests_own_folder(env: Any, cf: Cf) -> None:
    with pytest.raises(SeedError) as raised:
        cf.seed(env.KV, "none/kv.json")
    path = Path(__file__).parent / "none" / "kv.json"
    assert str(raised.value) == (
        f"none/kv.json: there is no such file or folder: {path}"
    )


def test_a_var_cannot_be_seeded(cf: Cf) -> None:
    with pytest.raises(SeedError, match="GREETING is no binding with storage"):
        cf.seed("GREETING", {})
