"""In a project without a Worker the plugin is as good as not there."""

import sys

import pytest


def test_without_a_wrangler_file_nothing_shows(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys
        import pytest

        def test_nothing_of_the_runtime_can_be_imported():
            for name in ("js", "_pyodide_entrypoint_helper"):
                with pytest.raises(ImportError):
                    __import__(name)
            assert "pytest_cfbindings.session" not in sys.modules
        """
    )
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*cfbindings:*")


def test_a_javascript_worker_is_left_alone(pytester: pytest.Pytester) -> None:
    pytester.makefile(".toml", wrangler='name = "w"\nmain = "src/index.ts"\n')
    pytester.makepyfile(
        """
        import pytest

        def test_no_runtime():
            with pytest.raises(ImportError):
                import js
        """
    )
    result = pytester.runpytest()
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*cfbindings:*")


def test_a_test_of_a_javascript_worker_that_asks_for_env_is_told_how(
    pytester: pytest.Pytester,
) -> None:
    pytester.makefile(".toml", wrangler='name = "w"\nmain = "src/index.ts"\n')
    pytester.makepyfile("def test_it(env): ...")
    result = pytester.runpytest()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*main 'index.ts', which is no Python module*"])
    result.stdout.fnmatch_lines(["*pytest --cf-config wrangler.toml*"])


def test_no_cfbindings_removes_the_plugin_wholly(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest

        def test_no_runtime(request):
            with pytest.raises(ImportError):
                import js
            assert not request.config.pluginmanager.has_plugin("cfbindings")
        """
    )
    project.runpytest_subprocess("-p", "no:cfbindings").assert_outcomes(passed=1)


def test_a_session_inside_another_one_does_not_see_the_outer_runtime(
    pytester: pytest.Pytester,
) -> None:
    import js

    pytester.makepyfile(
        """
        import pytest

        def test_no_runtime():
            with pytest.raises(ImportError):
                import js
        """
    )
    pytester.runpytest_inprocess().assert_outcomes(passed=1)
    assert sys.modules["js"] is js
