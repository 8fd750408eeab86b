"""`env.VERSION`: which version of the Worker runs."""

from typing import Any
from uuid import UUID

import pytest

from pytest_cfbindings import Cf, UnusableBinding


def test_it_says_id_tag_and_timestamp(cf: Cf, env: Any) -> None:
    cf.freeze("2026-01-01T00:00:00Z")
    assert str(UUID(env.VERSION.id)) == env.VERSION.id
    assert env.VERSION.tag == ""
    assert env.VERSION.timestamp == "2026-01-01T00:00:00.000Z"
    assert list(env.VERSION.object_keys()) == ["id", "tag", "timestamp"]


async def test_the_version_stays_while_time_goes_by(cf: Cf, env: Any) -> None:
    cf.freeze("2026-01-01T00:00:00Z")
    before = env.VERSION.timestamp
    await cf.travel(days=1)
    assert env.VERSION.timestamp == before


def test_a_test_may_provide_its_own(cf: Cf, env: Any) -> None:
    cf.provide("VERSION", {"id": "v1", "tag": "beta"})
    version = env.VERSION
    assert (version.id, version.tag, version.timestamp) == ("v1", "beta", "")


@pytest.mark.parametrize("value", [{"name": "x"}, {"id": 1}, "v1"])
def test_what_is_no_version_metadata_is_refused(cf: Cf, value: Any) -> None:
    with pytest.raises(UnusableBinding, match=r"env\.VERSION is version metadata"):
        cf.provide("VERSION", value)
