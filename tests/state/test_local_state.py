"""A developer's own data: what `wrangler dev` keeps in .wrangler/state/v3."""

import base64
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pytest_cfbindings import SeedError
from pytest_cfbindings.state.local_state import LocalState, folder_name

from ..recorded.golden import folder

RECORDED = folder() / "config" / "local-state"
CONTENTS = json.loads((RECORDED / "contents.json").read_text("utf-8"))["contents"]

pytestmark = pytest.mark.cfbindings(config=RECORDED / "wrangler.toml")


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A copy of the recorded folder, as a project has it."""
    copy = tmp_path / ".wrangler" / "state"
    shutil.copytree(RECORDED / "state", copy)
    return copy


def files(path: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in path.rglob("*") if file.is_file()}


@pytest.mark.parametrize("binding", ["KV", "KV_NOID", "KV_ODD"])
def test_kv_is_as_wrangler_dev_left_it(
    cf: Any, cf_config: Any, state: Path, binding: str
) -> None:
    [store] = [kv.store for kv in cf_config.kv_namespaces if kv.binding == binding]
    before = files(state)
    cf.seed(binding, state)
    dump = cf.dump(binding, full=True)[binding]
    assert sorted(dump) == [entry["key"] for entry in CONTENTS["kv"][store]["entries"]]
    for entry in CONTENTS["kv"][store]["entries"]:
        value = base64.b64decode(entry["value"]["$bytes"])
        milliseconds = entry["expiration_ms"]
        assert dump[entry["key"]] == {
            "value": {"$bytes": value.hex()}
            if entry["key"] == "bin"
            else value.decode(),
            "metadata": entry["metadata"],
            "expiration": milliseconds and milliseconds // 1000,
        }
    assert files(state) == before


def test_what_is_only_in_the_log_of_a_running_wrangler_dev_is_there(
    cf: Any, state: Path
) -> None:
    found = LocalState.at(state)
    assert found is not None
    with closing(sqlite3.connect(found.database("kv", "KV_NOID"))) as running:
        running.execute("PRAGMA journal_mode = wal")
        running.execute("UPDATE _mf_entries SET key = 'renamed'")
        running.commit()
        before = files(state)
        assert any(file.name.endswith(".sqlite-wal") for file in before)
        cf.seed("KV_NOID", state)
        assert files(state) == before
    assert list(cf.dump("KV_NOID")) == ["renamed"]


@pytest.mark.parametrize("binding", ["DB", "DB_PREVIEW"])
def test_d1_is_as_wrangler_dev_left_it(
    cf: Any, cf_config: Any, state: Path, binding: str
) -> None:
    [store] = [d1.store for d1 in cf_config.d1_databases if d1.binding == binding]
    before = files(state)
    cf.seed(binding, state)
    held = {
        name: [list(row.values()) for row in rows]
        for name, rows in cf.dump(binding, full=True)[binding].items()
        if name != "sqlite_schema"
    }
    tables = CONTENTS["d1"][store]["tables"]
    assert held == json.loads(
        json.dumps(tables),
        object_hook=lambda tag: (
            {"$bytes": base64.b64decode(tag["$bytes"]).hex()}
            if "$bytes" in tag
            else tag
        ),
    )
    assert files(state) == before


def test_r2_is_as_wrangler_dev_left_it(cf: Any, state: Path) -> None:
    before = files(state)
    cf.seed("BUCKET", state)
    held = cf.dump("BUCKET", full=True)["BUCKET"]
    objects = CONTENTS["r2"]["demo-bucket"]["objects"]
    assert list(held) == [found["key"] for found in objects]
    for found in objects:
        md5 = {} if found["multipart"] else {"md5": found["etag"]}
        assert held[found["key"]] == {
            "body": base64.b64decode(found["value"]["$bytes"]).decode(),
            "size": found["size"],
            "etag": found["etag"],
            "http_metadata": found["httpMetadata"],
            "custom_metadata": found["customMetadata"],
            "storage_class": "Standard",
            "checksums": {**md5, **found["checksums"]},
            "ssec_key_md5": None,
            "version": found["version"],
            "uploaded": found["uploaded_ms"],
        }
    assert files(state) == before


async def test_a_database_of_wrangler_dev_can_be_used(
    env: Any, cf: Any, state: Path
) -> None:
    await env.DB.prepare("CREATE TABLE before (x)").run()
    cf.seed(env.DB, state)
    await env.DB.prepare("INSERT INTO t DEFAULT VALUES").run()
    found = await env.DB.prepare("SELECT count(*) AS n FROM t").first()
    assert found["n"] == 3
    assert "before" not in cf.dump(env.DB)


@pytest.mark.parametrize("part", [".", "..", "v3"])
def test_the_folder_can_be_named_from_wrangler_down_to_v3(
    cf: Any, state: Path, part: str
) -> None:
    cf.seed("KV_NOID", state / part)
    assert list(cf.dump("KV_NOID")) == ["k"]


def test_a_store_that_is_not_there_is_told(cf: Any, state: Path) -> None:
    shutil.rmtree(state / "v3" / "kv" / "miniflare-KVNamespaceObject")
    with pytest.raises(SeedError) as raised:
        cf.seed("KV", state)
    assert str(raised.value) == (
        f"{state}: `wrangler dev` has stored nothing there for KV under the id that it"
        " has in this configuration"
    )


def test_a_missing_blob_is_told(cf: Any, state: Path) -> None:
    shutil.rmtree(state / "v3" / "kv" / "KV_NOID" / "blobs")
    with pytest.raises(SeedError, match=r"KV_NOID.blobs.* cannot be read: "):
        cf.seed("KV_NOID", state)
    assert cf.dump("KV_NOID") == {}


def test_a_database_that_is_none_of_wranglers_is_told(cf: Any, state: Path) -> None:
    found = LocalState.at(state)
    assert found is not None
    found.database("kv", "KV_NOID").write_bytes(b"no database at all" * 100)
    with pytest.raises(SeedError, match="not as wrangler keeps it: file is not a data"):
        cf.seed("KV_NOID", state)


def test_an_expired_entry_is_not_there(cf: Any, clock: Any, state: Path) -> None:
    cf.seed("KV", state)
    assert "expires" in cf.dump("KV")
    cf.run(clock.advance(2_147_480_000_000 - clock.now_ms()))
    assert "expires" not in cf.dump("KV")


@pytest.mark.parametrize(
    ("store", "name"),
    [
        ("0123abcd", "0123abcd"),
        ("<YOUR_KV/NAMESPACE ID>", "_YOUR_KV_NAMESPACE ID_"),
        ("..", "__"),
        ("a/../b.c", "a____b.c"),
        ("CON", "_"),
        ("lpt1.txt", "_"),
        ("  a ", "__a_"),
        ("a\n:b", "a__b"),
        ("x" * 300, "x" * 255),
    ],
)
def test_blobs_are_in_a_folder_that_any_system_can_name(store: str, name: str) -> None:
    assert folder_name(store) == name


def test_the_whole_suite_can_begin_with_it(pytester: pytest.Pytester) -> None:
    shutil.copytree(RECORDED / "state", pytester.path / ".wrangler" / "state")
    shutil.copy(RECORDED / "wrangler.toml", pytester.path)
    pytester.makeini("[pytest]\ncf_config = wrangler.toml\ncf_seed = .wrangler/state\n")
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("round", range(2))
        def test_it(env, cf, round):
            assert cf.run(env.KV_NOID.get("k")) == "noid"
            assert cf.run(env.KV.get("plain")) == "hello again"
            cf.run(env.KV.delete("plain"))
        """
    )
    pytester.runpytest("-Wignore").assert_outcomes(passed=2)


def test_a_state_of_other_ids_is_told(pytester: pytest.Pytester) -> None:
    shutil.copytree(RECORDED / "state", pytester.path / ".wrangler" / "state")
    pytester.makefile(
        ".toml",
        wrangler='name = "w"\nmain = "a.py"\nkv_namespaces = [{binding="X"}]\n'
        'compatibility_flags = ["python_workers"]\n',
    )
    pytester.makeini("[pytest]\ncf_seed = .wrangler/state\n")
    pytester.makepyfile("def test_it(env): ...")
    result = pytester.runpytest("-Wignore")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        [
            "cf_seed: .wrangler/state: `wrangler dev` has stored nothing there under"
            " the ids of this configuration"
        ]
    )
