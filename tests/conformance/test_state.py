"""Dumps and seeds: what a test writes down about storage is the same on both."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pyodide.ffi import to_js

from pytest_cfbindings import SeedError

FAR = 2_100_000_000
TABLE = "CREATE TABLE t (a INTEGER PRIMARY KEY, b, c TEXT)"


def test_bindings_that_hold_nothing_are_empty(cf: Any) -> None:
    assert set(map(str, cf.dump().values())) == {"{}"}


async def test_kv_entries(cf: Any, env: Any) -> None:
    await env.KV.put("b", "text", metadata={"a": [1, None, 2.5]}, expiration=FAR)
    await env.KV.put("a", b"\x00\xff")
    await env.KV.put("é", b"\xff" * 65)
    await env.KV.put("gone", "x")
    await env.KV.delete("gone")
    found = cf.dump(env.KV)
    assert list(found) == ["a", "b", "é"]
    assert found["a"] == {"value": b"\x00\xff", "metadata": None, "expiration": None}
    assert found["b"] == {
        "value": "text",
        "metadata": {"a": [1, None, 2.5]},
        "expiration": FAR,
    }
    assert found["é"]["value"]["size"] == 65


async def test_kv_namespaces_have_pages(cf: Any, env: Any) -> None:
    cf.seed(env.KV, {f"k{number:04}": str(number) for number in range(1010)})
    assert len(cf.dump(env.KV)) == 1010


async def test_bindings_of_one_store_show_the_same(cf: Any, env: Any) -> None:
    await env.KV.put("k", "v")
    assert cf.dump(env.KV_AGAIN) == cf.dump(env.KV)
    assert cf.dump(env.KV2) == {}


async def test_d1_rows(cf: Any, env: Any) -> None:
    await env.DB.exec(TABLE)
    statement = env.DB.prepare("INSERT INTO t VALUES (?, ?, ?)")
    await statement.bind(2, 1.5, "é\x00").run()
    await statement.bind(1, to_js(b"\x00\xff"), None).run()
    await env.DB.exec("INSERT INTO t VALUES (3, 7, 7), (4, 7.0, 7.0)")
    await env.DB.exec("CREATE TABLE u (x)")
    await env.DB.exec("INSERT INTO u VALUES (2), (1)")
    found = cf.dump(env.DB)
    assert found == {
        "t": [
            {"a": 1, "b": b"\x00\xff", "c": None},
            {"a": 2, "b": 1.5, "c": "é\x00"},
            {"a": 3, "b": 7, "c": "7"},
            {"a": 4, "b": 7.0, "c": "7.0"},
        ],
        "u": [{"x": 2}, {"x": 1}],
    }
    assert [type(row["b"]) for row in found["t"][2:]] == [int, float]


async def test_a_d1_schema(cf: Any, env: Any) -> None:
    await env.DB.exec(TABLE)
    await env.DB.exec("CREATE INDEX t_b ON t (b)")
    shown = cf.dump(env.DB, schema=True)
    assert shown["sqlite_schema"] == [
        {"type": "table", "name": "t", "tbl_name": "t", "sql": TABLE},
        {
            "type": "index",
            "name": "t_b",
            "tbl_name": "t",
            "sql": "CREATE INDEX t_b ON t (b)",
        },
    ]


async def test_a_full_dump_of_a_database(cf: Any, env: Any) -> None:
    await env.DB.exec("CREATE TABLE u (x)")
    await env.DB.exec("INSERT INTO u VALUES (x'00ff'), (1.0)")
    assert cf.dump(env.DB, full=True)["DB"]["u"] == [
        {"rowid": 1, "x": {"$bytes": "00ff"}},
        {"rowid": 2, "x": 1.0},
    ]


async def test_r2_objects(cf: Any, env: Any) -> None:
    await env.BUCKET.put(
        "b", "text", httpMetadata={"contentType": "text/x"}, customMetadata={"a": "é"}
    )
    await env.BUCKET.put("a/1", b"\x00\xff")
    assert cf.dump(env.BUCKET) == {
        "a/1": {
            "body": b"\x00\xff",
            "size": 2,
            "etag": "d07d34efac6328007ad67c7e0a985e00",
            "http_metadata": {},
            "custom_metadata": {},
        },
        "b": {
            "body": "text",
            "size": 4,
            "etag": "1cb251ec0d568de6a929b520c4aed8d1",
            "http_metadata": {"contentType": "text/x"},
            "custom_metadata": {"a": "é"},
        },
    }


async def test_what_clock_and_chance_decide_is_shown_on_demand(
    cf: Any, env: Any
) -> None:
    put = await env.BUCKET.put("k", "v")
    shown = cf.dump(env.BUCKET, volatile=True)["k"]
    assert shown["version"] == put.version
    assert shown["uploaded"] == put.uploaded.timestamp() * 1000


class TestSeeds:
    async def test_kv(self, cf: Any, env: Any) -> None:
        await env.KV.put("there", "before")
        entry = {"value": b"\xff", "metadata": {"m": 1}, "expiration": FAR}
        cf.seed(env.KV, {"a": "text", "b": entry})
        cf.seed(env.KV, [{"key": "c", "value": "eA==", "base64": True}])
        assert await env.KV.get("a") == "text"
        assert cf.dump(env.KV) == {
            "a": {"value": "text", "metadata": None, "expiration": None},
            "b": entry,
            "c": {"value": "x", "metadata": None, "expiration": None},
            "there": {"value": "before", "metadata": None, "expiration": None},
        }

    async def test_what_kv_refuses_stores_nothing(self, cf: Any, env: Any) -> None:
        with pytest.raises(SeedError, match="414 UTF-8 encoded length of 513"):
            cf.seed(env.KV, {"a": "x", "k" * 513: "y"})
        assert cf.dump(env.KV) == {}

    async def test_a_ttl(self, cf: Any, env: Any) -> None:
        cf.seed(env.KV, {"k": {"value": "v", "expiration_ttl": 3600}})
        assert isinstance(cf.dump(env.KV)["k"]["expiration"], int)

    async def test_d1_rows(self, cf: Any, env: Any) -> None:
        await env.DB.exec(TABLE)
        rows = [{"a": 1, "b": b"\xff", "c": "x"}, {"a": 2, "b": 2.0, "c": None}]
        cf.seed(env.DB, {"t": rows})
        assert await env.DB.prepare("SELECT count(*) AS n FROM t").first("n") == 2
        assert cf.dump(env.DB) == {"t": rows}

    async def test_d1_statements(self, cf: Any, env: Any, tmp_path: Path) -> None:
        file = tmp_path / "seed.sql"
        file.write_text(f"{TABLE};\nINSERT INTO t VALUES (1, 'a;b', 'c');\n")
        cf.seed(env.DB, file)
        assert cf.dump(env.DB) == {"t": [{"a": 1, "b": "a;b", "c": "c"}]}

    async def test_what_d1_refuses_stores_nothing(self, cf: Any, env: Any) -> None:
        await env.DB.exec(TABLE)
        with pytest.raises(SeedError, match="t, row 2: UNIQUE constraint failed"):
            cf.seed(env.DB, {"t": [{"a": 1}, {"a": 1}]})
        assert cf.dump(env.DB) == {"t": []}

    async def test_r2(self, cf: Any, env: Any, tmp_path: Path) -> None:
        (tmp_path / "files/in").mkdir(parents=True)
        (tmp_path / "files/in/x.bin").write_bytes(b"\xff")
        cf.seed(env.BUCKET, tmp_path / "files")
        metadata: Mapping[str, Any] = {
            "http_metadata": {"contentType": "text/x", "cacheExpiry": 86_400_000},
            "custom_metadata": {"a": "b"},
        }
        cf.seed(env.BUCKET, {"k": {"body": "v", **metadata}})
        assert await (await env.BUCKET.get("k")).text() == "v"
        found = cf.dump(env.BUCKET)
        assert found["in/x.bin"]["body"] == b"\xff"
        assert {name: found["k"][name] for name in metadata} == metadata
