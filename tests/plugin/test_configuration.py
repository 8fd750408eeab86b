"""Which configuration a test gets, and what it hears when there is none."""

from collections.abc import Callable

import pytest

from .conftest import INI


def test_the_header_names_file_bindings_and_versions(project: pytest.Pytester) -> None:
    result = project.runpytest()
    result.stdout.fnmatch_lines(
        ["cfbindings: wrangler.toml (KV: CACHE) like workerd 2026-*, SDK 1.*"]
    )


def test_cf_config_names_the_file(project: pytest.Pytester) -> None:
    other = project.mkdir("other")
    (other / "wrangler.json").write_text(
        '{"name": "o", "kv_namespaces": [{"binding": "OTHER", "id": "o"}]}'
    )
    project.makepyfile(
        "def test_it(env, cf): assert cf.run(env.OTHER.get('k')) is None"
    )
    result = project.runpytest("--cf-config", "other/wrangler.json")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["cfbindings: wrangler.json (KV: OTHER)*"])


def test_the_ini_key_is_relative_to_its_own_file(project: pytest.Pytester) -> None:
    (project.path / "wrangler.toml").rename(project.path / "src" / "wrangler.toml")
    project.makeini(INI + "cf_config = src/wrangler.toml\n")
    (project.path / "src" / "entry.py").rename(project.path / "src" / "main.py")
    project.makepyfile("def test_it(env): env.CACHE")
    project.runpytest().assert_outcomes(passed=1)


@pytest.mark.parametrize("how", ["option", "ini", "variable", "marker"])
def test_an_environment_is_chosen_by(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    marker = '@pytest.mark.cfbindings(env="staging")' if how == "marker" else ""
    project.makepyfile(f"import pytest\n{marker}\ndef test_it(env): env.STAGED")
    if how == "ini":
        project.makeini(INI + "cf_env = staging\n")
    if how == "variable":
        monkeypatch.setenv("CLOUDFLARE_ENV", "staging")
    arguments = ["--cf-env", "staging"] if how == "option" else []
    project.runpytest(*arguments).assert_outcomes(passed=1)


def test_a_binding_that_an_environment_does_not_inherit_says_so(
    project: pytest.Pytester,
) -> None:
    project.makepyfile("def test_it(env): env.CACHE")
    result = project.runpytest("--cf-env", "staging")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "E*AttributeError: CACHE",
            "E*has no binding CACHE: it stands under 'kv_namespaces' at the top level*",
        ]
    )


def test_a_binding_that_is_not_there_is_an_attribute_error_with_a_hint(
    project: pytest.Pytester,
) -> None:
    project.makepyfile("def test_it(env): env.KASH")
    result = project.runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "> *def test_it(env): env.KASH",
            "E*AttributeError: KASH",
            "E*wrangler.toml configures no binding KASH; it has CACHE.",
        ]
    )
    result.stdout.no_fnmatch_line("*workers*rpc.py*")


def test_asking_for_env_without_a_wrangler_file_says_what_to_do(
    pytester: pytest.Pytester,
) -> None:
    pytester.makepyfile("def test_it(env): ...")
    result = pytester.runpytest()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["There is no Worker configuration:*Name the file: pytest --cf-config*"]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_a_named_file_that_does_not_exist_is_a_usage_error(
    pytester: pytest.Pytester,
) -> None:
    result = pytester.runpytest("--cf-config", "missing.toml")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: *missing.toml*"])


def test_a_named_file_that_does_not_parse_shows_the_line(
    pytester: pytest.Pytester,
) -> None:
    pytester.makefile(".toml", wrangler='name = "a"\nmain = src/entry.py\n')
    result = pytester.runpytest("--cf-config", "wrangler.toml")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*wrangler.toml:2:*", "*main = src/entry.py*"])


def test_a_named_file_is_checked_before_a_conftest_stumbles_over_it(
    project: pytest.Pytester,
) -> None:
    project.makefile(".toml", wrangler="name = \n")
    project.makeconftest("import workers\n")
    result = project.runpytest_subprocess("--cf-config", "wrangler.toml")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: wrangler.toml:1:*"])
    result.stderr.no_fnmatch_line("*Traceback*")


def test_a_conftest_that_imports_the_sdk_over_a_found_broken_file_is_told(
    project: pytest.Pytester,
) -> None:
    project.makefile(".toml", wrangler="name = \n")
    project.makeconftest("import workers\n")
    result = project.runpytest_subprocess()
    result.stderr.fnmatch_lines(["*ImportError: wrangler.toml:1:*"])


def test_a_found_file_that_does_not_parse_fails_only_the_tests_that_ask_for_env(
    pytester: pytest.Pytester,
) -> None:
    pytester.makefile(".toml", wrangler="name = \n")
    pytester.makepyfile("def test_env(env): ...\ndef test_other(): ...")
    result = pytester.runpytest()
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*wrangler.toml:1:*"])
    result.stdout.no_fnmatch_line("*another exception*")


def test_an_unknown_environment_is_a_usage_error_that_lists_the_known(
    project: pytest.Pytester,
) -> None:
    result = project.runpytest("--cf-config", "wrangler.toml", "--cf-env", "prod")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        ['*No environment found in configuration with name "prod".*']
    )


def test_a_named_file_without_a_python_main_has_its_kv(
    pytester: pytest.Pytester,
) -> None:
    pytester.makefile(
        ".toml",
        wrangler='name = "w"\n[[kv_namespaces]]\nbinding = "KV"\n'
        '[durable_objects]\nbindings = [{ name = "ROOM", class_name = "Room" }]\n',
    )
    pytester.makepyfile(
        """
        import pytest
        from pytest_cfbindings import UnusableBinding

        def test_it(env, cf):
            assert cf.run(env.KV.get("k")) is None
            with pytest.raises(UnusableBinding, match="class 'Room'"):
                env.ROOM.idFromName("a")
        """
    )
    result = pytester.runpytest("--cf-config", "wrangler.toml", "-Wignore")
    result.assert_outcomes(passed=1)


def test_cf_config_path_can_be_parametrized(project: pytest.Pytester) -> None:
    (project.path / "b.toml").write_text(
        'name = "b"\nmain = "src/entry.py"\ncompatibility_date = "2026-07-01"\n'
        'compatibility_flags = ["python_workers"]\n'
        '[[kv_namespaces]]\nbinding = "B"\n'
    )
    project.makepyfile(
        """
        import pytest
        from workers import env as module_env

        @pytest.mark.parametrize("cf_config_path", ["b.toml"])
        def test_other(env, cf):
            assert cf.run(env.B.get("k")) is None
            assert cf.run(module_env.B.get("k")) is None
            assert not hasattr(module_env, "CACHE")

        def test_own(env, cf):
            assert cf.run(module_env.CACHE.get("k")) is None
            assert not hasattr(env, "B")

        def test_own_without_the_fixture():
            assert not hasattr(module_env, "B")
            module_env.CACHE
        """
    )
    result = project.runpytest("-p", "no:randomly")
    result.assert_outcomes(passed=3)


def test_a_folders_conftest_can_override_the_file(project: pytest.Pytester) -> None:
    folder = project.mkdir("other")
    (folder / "wrangler.toml").write_text(
        'name = "o"\nmain = "m.py"\ncompatibility_date = "2026-07-01"\n'
        'compatibility_flags = ["python_workers"]\n[[kv_namespaces]]\nbinding = "B"\n'
    )
    (folder / "conftest.py").write_text(
        "import pytest\nfrom pathlib import Path\n\n@pytest.fixture\n"
        "def cf_config_path(): return Path(__file__).with_name('wrangler.toml')\n"
    )
    (folder / "test_other.py").write_text("def test_b(env): env.B\n")
    project.makepyfile("def test_it(env): env.CACHE")
    project.runpytest().assert_outcomes(passed=2)


def test_cf_config_can_be_overridden_with_a_changed_one(
    project: pytest.Pytester,
) -> None:
    project.makepyfile(
        """
        import dataclasses
        import pytest

        @pytest.fixture
        def cf_config(cf_config):
            return dataclasses.replace(cf_config, vars={"MODE": "changed"})

        def test_it(env):
            assert env.MODE == "changed"
        """
    )
    project.runpytest().assert_outcomes(passed=1)


def test_a_module_level_env_follows_the_environment_of_each_test(
    project: pytest.Pytester,
) -> None:
    project.makepyfile(
        """
        import pytest
        from workers import env

        @pytest.mark.cfbindings(env="staging")
        async def test_staging(cf):
            assert await env.STAGED.get("k") is None
            assert not hasattr(env, "CACHE")

        async def test_top_level(cf):
            assert await env.CACHE.get("k") is None
            assert not hasattr(env, "STAGED")

        @pytest.mark.cfbindings(env="staging")
        def test_staging_without_a_fixture():
            assert hasattr(env, "STAGED") and not hasattr(env, "CACHE")
        """
    )
    result = project.runpytest("--asyncio-mode=auto", "-p", "no:randomly")
    result.assert_outcomes(passed=3)


@pytest.mark.parametrize(
    ("marker", "message"),
    [
        ("freeze='soon'", "freeze: 'soon' is no instant: write it as*"),
        ("freeze=5", "freeze: 5 is no instant: give a datetime*"),
        (
            "enviroment='x'",
            "has no keyword 'enviroment'; it has config, env, freeze, migrations,"
            " recovery, kv_consistency, *",
        ),
        ("'staging'", "takes keyword arguments only."),
    ],
)
def test_a_marker_that_cannot_be_obeyed_fails_the_test(
    fails_for_its_marker: Callable[[str, str], None], marker: str, message: str
) -> None:
    fails_for_its_marker(marker, message)


def test_the_fixtures_and_the_marker_are_documented(project: pytest.Pytester) -> None:
    result = project.runpytest("--fixtures", "-q")
    result.stdout.fnmatch_lines(["env -- *", "cf -- *"])
    result = project.runpytest("--markers")
    result.stdout.fnmatch_lines(["@pytest.mark.cfbindings(config=PATH, env=NAME, *"])
