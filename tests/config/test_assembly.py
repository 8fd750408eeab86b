from collections.abc import Callable
from pathlib import Path

import pytest

from pytest_cfbindings.config import Config, OtherBinding, RateLimiter


@pytest.mark.parametrize(
    ("entry", "store"),
    [
        ({}, "A"),
        ({"id": "1"}, "1"),
        ({"id": "1", "preview_id": "2"}, "2"),
        ({"preview_id": "2"}, "2"),
    ],
)
def test_a_namespace_is_stored_under_preview_id_then_id_then_name(
    entry: dict[str, str], store: str, config: Callable[..., Config]
) -> None:
    [kv] = config({"kv_namespaces": [{"binding": "A", **entry}]}).kv_namespaces
    assert kv.store == store
    assert (kv.id, kv.preview_id) == (entry.get("id"), entry.get("preview_id"))


def test_a_database_is_stored_under_an_id_even_an_empty_one(
    config: Callable[..., Config],
) -> None:
    entries = [
        {"binding": "A", "database_name": "n"},
        {"binding": "B", "database_id": ""},
        {"binding": "C", "database_id": "1", "preview_database_id": "2"},
    ]
    stores = [d1.store for d1 in config({"d1_databases": entries}).d1_databases]
    assert stores == ["A", "", "2"]


def test_a_bucket_is_stored_under_its_name(config: Callable[..., Config]) -> None:
    entries = [
        {"binding": "A"},
        {"binding": "B", "bucket_name": "abc", "jurisdiction": "eu"},
        {"binding": "C", "bucket_name": "abc", "preview_bucket_name": "abd"},
    ]
    buckets = config({"r2_buckets": entries}).r2_buckets
    assert [bucket.store for bucket in buckets] == ["A", "abc", "abd"]


def test_durable_objects_know_their_worker_and_storage(
    config: Callable[..., Config],
) -> None:
    bindings = [
        {"name": "OWN", "class_name": "A"},
        {"name": "SELF", "class_name": "A", "script_name": "shop"},
        {"name": "FAR", "class_name": "B", "script_name": "rooms"},
    ]
    found = config(
        {
            "name": "shop",
            "durable_objects": {"bindings": bindings},
            "migrations": [{"tag": "v1", "new_sqlite_classes": ["A"]}],
        }
    ).durable_objects
    assert [(o.binding, o.store, o.storage, o.is_external) for o in found] == [
        ("OWN", "shop-A", "sqlite", False),
        ("SELF", "shop-A", "sqlite", False),
        ("FAR", "rooms-B", None, True),
    ]


def test_a_worker_without_a_name_is_called_worker(
    config: Callable[..., Config],
) -> None:
    found = config("{}")
    assert (found.name, found.worker_name) == (None, "worker")


def test_other_bindings_are_listed_with_their_kind(
    config: Callable[..., Config],
) -> None:
    found = config(
        {
            "ai": {"binding": "AI", "remote": True},
            "queues": {"producers": [{"binding": "Q", "queue": "q"}]},
            "send_email": [{"name": "MAIL"}],
            "unsafe": {"bindings": [{"name": "U", "type": "x"}]},
            "assets": {"directory": "d", "binding": "FILES"},
            "wasm_modules": {"W": "w.wasm"},
        }
    ).other_bindings
    assert set(found) == {
        OtherBinding("AI", "Workers AI", "ai", remote=True),
        OtherBinding("Q", "Queue", "queues"),
        OtherBinding("MAIL", "Email sending", "send_email"),
        OtherBinding("U", "Unsafe", "unsafe"),
        OtherBinding("FILES", "Static assets", "assets"),
        OtherBinding("W", "Wasm module", "wasm_modules"),
    }


def test_paths_start_from_the_folder_of_the_file(
    config: Callable[..., Config], tmp_path: Path
) -> None:
    (tmp_path / "deep").mkdir()
    found = config(
        {
            "main": "../src/entry.py",
            "base_dir": "./src",
            "compatibility_flags": ["python_workers"],
            "d1_databases": [{"binding": "D", "migrations_dir": "../sql"}],
        },
        name="deep/w.jsonc",
    )
    assert found.main == tmp_path / "src" / "entry.py"
    assert found.base_dir == tmp_path / "deep" / "src"
    assert found.folder == tmp_path / "deep"
    assert found.d1_databases[0].migrations.directory == tmp_path / "sql"
    assert found.is_python


def test_consumed_queues_and_excluded_modules_are_kept(
    config: Callable[..., Config],
) -> None:
    found = config(
        {
            "queues": {"consumers": [{"queue": "jobs"}]},
            "python_modules": {"exclude": ["tests"]},
        }
    )
    assert found.queues == ("jobs",)
    assert found.python_modules_exclude == ("tests",)


def test_rate_limiters_are_found_in_both_places(config: Callable[..., Config]) -> None:
    simple = {"limit": 5, "period": 10}
    unsafe = {"name": "OLD", "type": "ratelimit", "simple": {"limit": 1}}
    found = config(
        {
            "ratelimits": [{"name": "NEW", "namespace_id": "7", "simple": simple}],
            "unsafe": {"bindings": [unsafe, {"name": "X", "type": "ratelimit"}]},
        }
    )
    assert found.rate_limiters == (
        RateLimiter("NEW", "7", 5, 10),
        RateLimiter("OLD", "OLD", 1, 60),
    )


def test_the_binding_of_the_version_is_kept(config: Callable[..., Config]) -> None:
    assert config({}).version_metadata is None
    assert config({"version_metadata": {"binding": "V"}}).version_metadata == "V"
