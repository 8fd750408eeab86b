"""What KV-backed classes of Durable Objects do not have, and their limits."""

from typing import Any

import pytest

from .refusals import refused


@pytest.mark.stricter_than_local(
    "production's limit; locally a KV-backed class is stored in SQLite as well"
)
@pytest.mark.parametrize("method", ["get", "put", "delete"])
async def test_kv_backed_keys_have_2048_bytes(legacy: Any, method: str) -> None:
    value = [1] if method == "put" else []
    await getattr(legacy, method)("é" * 1024, *value)
    with refused(
        "RangeError: Keys cannot be larger than 2048 bytes. A key of size 2049 was"
        " provided."
    ):
        await getattr(legacy, method)("é" * 1024 + "x", *value)


@pytest.mark.stricter_than_local(
    "production's limit; locally a KV-backed class is stored in SQLite as well"
)
@pytest.mark.parametrize(
    ("value", "size"),
    [
        # Two bytes of the format, one of the type and three of the length.
        ("a" * 131_101, 131_107),
        ("é" * 131_101, 131_107),
        # Two bytes for a unit beyond Latin-1.
        ("€" * 65_551, 131_108),
        (b"x" * 131_101, 131_114),
        ([None] * 131_100, 131_111),
    ],
    ids=["ASCII", "Latin-1", "other", "bytes", "list"],
)
async def test_kv_backed_values_have_128_kib(
    legacy: Any, value: Any, size: int
) -> None:
    with refused(
        "RangeError: Values cannot be larger than 131072 bytes. A value of size"
        f" {size} was provided."
    ):
        await legacy.put("k", value)


async def test_values_may_be_as_large_as_that(legacy: Any) -> None:
    await legacy.put("k", "a" * 131_100)
    assert len(await legacy.get("k")) == 131_100


@pytest.mark.stricter_than_local(
    "production's limit; locally a KV-backed class is stored in SQLite as well"
)
@pytest.mark.parametrize("method", ["get", "put", "delete"])
async def test_kv_backed_classes_take_128_keys_at_a_time(
    legacy: Any, method: str
) -> None:
    keys = [f"k{number}" for number in range(129)]
    given: list[Any] = [keys[:128], keys]
    if method == "put":
        given = [dict.fromkeys(some, 1) for some in given]
    await getattr(legacy, method)(given[0])
    with refused(
        "RangeError: Maximum number of key value pairs is 128. 129 pairs were provided."
    ):
        await getattr(legacy, method)(given[1])


def test_they_have_no_sql(legacy: Any) -> None:
    message = (
        "Error: SQL is not enabled for this Durable Object class. To enable it, change"
        " `new_classes` to `new_sqlite_classes` within the 'migrations' field in your"
        " wrangler.jsonc or wrangler.toml file. If using workerd directly,set"
        " `enableSql = true` in your workerd config for the class. Note that this"
        " change cannot be made after the class is already deployed to production."
    )
    with refused(message):
        legacy.sql.exec("SELECT 1")
    with refused(message):
        _ = legacy.sql.databaseSize


@pytest.mark.parametrize("method", ["get", "put", "delete", "list"])
def test_they_have_no_synchronous_api(legacy: Any, method: str) -> None:
    arguments = {"put": ["k", 1], "list": []}.get(method, ["k"])
    with refused(
        "Error: The storage.kv (synchronous KV) API is only available for SQLite-backed"
        " Durable Objects, but this object's namespace is not declared to use SQLite."
        " You can use the older, asyncronous interface via methods of `storage` itself"
        " (e.g. `storage.get()`). Alternatively, to enable SQLite, change `new_classes`"
        " to `new_sqlite_classes` within the 'migrations' field in your wrangler.jsonc"
        " or wrangler.toml file. If using workerd directly, set `enableSql = true` in"
        " your workerd config for the class. Note that this change cannot be made after"
        " the class is already deployed to production."
    ):
        getattr(legacy.kv, method)(*arguments)


@pytest.mark.stricter_than_local(
    "production's limit; locally a KV-backed class is stored in SQLite as well"
)
def test_they_have_no_synchronous_transactions(legacy: Any) -> None:
    with refused("Error: Durable Object is not backed by SQL."):
        legacy.transactionSync(lambda: None)
