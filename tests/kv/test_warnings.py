"""What Workers ignore in silence is ignored here too, but not in silence."""

from typing import Any

import pytest

from pytest_cfbindings import IgnoredArgumentWarning


async def test_a_snake_case_option_sets_nothing_and_names_the_right_spelling(
    env: Any,
) -> None:
    with pytest.warns(
        IgnoredArgumentWarning,
        match="KV put ignores the option 'expiration_ttl'.* 'expirationTtl'",
    ):
        await env.KV.put("k", "v", expiration_ttl=60)
    assert (await env.KV.list())["keys"] == [{"name": "k"}]


@pytest.mark.parametrize(
    ("method", "option", "suggestion"),
    [
        ("get", {"cache_ttl": 60}, "it is spelled 'cacheTtl'"),
        ("get", {"cachettl": 60}, "it is spelled 'cacheTtl'"),
        ("get", {"prefix": "a"}, "the options are type, cacheTtl"),
        ("list", {"Limit": 1}, "it is spelled 'limit'"),
    ],
)
async def test_an_unknown_option_is_told(
    env: Any, method: str, option: dict[str, Any], suggestion: str
) -> None:
    arguments = ["k"] if method == "get" else []
    with pytest.warns(IgnoredArgumentWarning, match=suggestion):
        await getattr(env.KV, method)(*arguments, option)


async def test_options_both_as_a_dict_and_as_keywords_are_told(env: Any) -> None:
    with pytest.warns(IgnoredArgumentWarning, match="ignores everything after its"):
        await env.KV.put("k", "v", {"expirationTtl": 60}, metadata={"a": 1})
    assert (await env.KV.getWithMetadata("k")).metadata is None


async def test_a_key_given_by_keyword_is_told(env: Any) -> None:
    with pytest.warns(IgnoredArgumentWarning, match=r"the text is '\[object Object\]'"):
        assert await env.KV.get(key="k") is None


async def test_the_warning_points_at_the_users_line(env: Any) -> None:
    with pytest.warns(IgnoredArgumentWarning) as caught:
        await env.KV.get("k", cache_ttl=60)
    assert caught[0].filename == __file__
