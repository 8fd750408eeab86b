"""Snapshots of dumps: cf_snapshot, and the plugins that need nothing of ours."""

import json

import pytest

STORING = """
    import pytest

    @pytest.fixture(autouse=True)
    def stored(env, cf):
        cf.run(env.CACHE.put("b", "text", metadata={"n": 1}))
        cf.run(env.CACHE.put("a", b"\\xff\\x00"))
"""
TAKEN = (
    STORING
    + """
    def test_it(cf, cf_snapshot):
        assert cf.dump() == cf_snapshot
"""
)
FILE = """{
  "CACHE": {
    "a": {
      "expiration": null,
      "metadata": null,
      "value": {
        "$bytes": "ff00"
      }
    },
    "b": {
      "expiration": null,
      "metadata": {
        "n": 1
      },
      "value": "text"
    }
  },
  "SESSIONS": {}
}
"""


def run(shop: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return shop.runpytest("-Wignore", *arguments)


def test_a_test_has_one_readable_json_file(shop: pytest.Pytester) -> None:
    shop.makepyfile(test_shop=TAKEN)
    run(shop, "--snapshot-update").assert_outcomes(passed=1)
    [file] = shop.path.joinpath("__snapshots__", "test_shop").iterdir()
    assert file.name == "test_it.json"
    assert file.read_text() == FILE
    run(shop).assert_outcomes(passed=1)


def test_a_missing_snapshot_fails_and_writes_nothing(shop: pytest.Pytester) -> None:
    shop.makepyfile(test_shop=TAKEN)
    run(shop).assert_outcomes(failed=1)
    assert not shop.path.joinpath("__snapshots__").exists()


def test_a_change_fails_and_shows_what_changed(shop: pytest.Pytester) -> None:
    shop.makepyfile(test_shop=TAKEN)
    run(shop, "--snapshot-update")
    shop.makepyfile(test_shop=TAKEN.replace('"text"', '"other"'))
    result = run(shop)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*-*text*", "*+*other*"])


def test_names_matchers_and_filters_are_syrupys(shop: pytest.Pytester) -> None:
    shop.makepyfile(
        test_shop=STORING
        + """
    from syrupy.filters import paths, props
    from syrupy.matchers import path_type

    def test_it(cf, cf_snapshot):
        dump = cf.dump()
        assert dump == cf_snapshot(
            name="all", exclude=props("metadata"),
            matcher=path_type({"CACHE.b.value": (str,)}),
        )
        assert dump["CACHE"] == cf_snapshot(name="cache", exclude=paths("b.value"))
"""
    )
    run(shop, "--snapshot-update").assert_outcomes(passed=1)
    found = shop.path.joinpath("__snapshots__", "test_shop")
    entry = {"expiration": None, "value": {"$bytes": "ff00"}}
    assert json.loads(found.joinpath("test_it[all].json").read_text()) == {
        "CACHE": {"a": entry, "b": {"expiration": None, "value": "str"}},
        "SESSIONS": {},
    }
    assert json.loads(found.joinpath("test_it[cache].json").read_text()) == {
        "a": {**entry, "metadata": None},
        "b": {"expiration": None, "metadata": {"n": 1}},
    }


def test_a_key_that_is_not_text_is_refused_rather_than_dropped(
    shop: pytest.Pytester,
) -> None:
    shop.makepyfile("def test_it(cf_snapshot): assert {1: 2} == cf_snapshot")
    result = run(shop, "--snapshot-update")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*TypeError: cf_snapshot: the key 1 is not text*"])


HIDDEN = """
    import sys

    import pytest

    @pytest.fixture(autouse=True)
    def no_syrupy(monkeypatch):
        for name in [name for name in sys.modules if name.split(".")[0] == "syrupy"]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, "syrupy", None)
        monkeypatch.delitem(
            sys.modules, "pytest_cfbindings.state.snapshot_extension", raising=False
        )
"""


def test_without_syrupy_it_says_how_to_install_it(shop: pytest.Pytester) -> None:
    shop.makeconftest(HIDDEN)
    shop.makepyfile(test_shop=TAKEN)
    result = run(shop, "-p", "no:syrupy")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        [
            "cf_snapshot needs syrupy, which is not installed or not loaded:"
            ' pip install "pytest-cfbindings[[]snapshot]"'
        ]
    )


def test_a_dump_needs_none_of_it(shop: pytest.Pytester) -> None:
    shop.makepyfile(
        test_shop=STORING
        + """
    def test_it(cf, env):
        assert cf.dump(env.SESSIONS) == {}
"""
    )
    shop.makeconftest(HIDDEN)
    run(shop, "-p", "no:syrupy").assert_outcomes(passed=1)


PLAIN = """
    def test_plain(cf, snapshot):
        assert cf.dump() == snapshot
"""
INLINE = """
    from inline_snapshot import snapshot

    def test_inline(cf):
        assert cf.dump("CACHE") == snapshot()
"""
REGRESSION = """
    def test_regression(cf, data_regression):
        data_regression.check(cf.dump())
"""


def test_every_snapshot_plugin_takes_a_dump_under_xdist_too(
    shop: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTEST_ADDOPTS")
    shop.makepyfile(test_ours=TAKEN, test_plain=STORING + PLAIN)
    inline = shop.makepyfile(test_inline=STORING + INLINE)
    shop.makepyfile(test_regression=STORING + REGRESSION)
    run(shop, "--snapshot-update", "test_ours.py", "test_plain.py")
    run(shop, "--inline-snapshot=create", "test_inline.py")
    run(shop, "--force-regen", "test_regression.py")

    run(shop, "-n1").assert_outcomes(passed=4)

    assert 'b"\\xff\\x00"' in inline.read_text()
    amber = shop.path.joinpath("__snapshots__", "test_plain.ambr").read_text()
    assert "'value': b'\\xff\\x00'" in amber
    yaml = shop.path.joinpath("test_regression", "test_regression.yml").read_text()
    assert "value: !!binary" in yaml
