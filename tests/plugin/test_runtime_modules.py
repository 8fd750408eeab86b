"""`workers`, `js` and `pyodide` are importable where a Worker is configured."""

import sys

import pytest

from .conftest import INI


def test_the_root_conftest_may_import_the_worker(project: pytest.Pytester) -> None:
    project.makeini(INI + "pythonpath = src\n")
    project.makeconftest(
        """
        import pytest
        from entry import Default

        @pytest.fixture
        def worker(env):
            return Default(None, env)
        """
    )
    project.makepyfile(
        """
        def test_it(worker, cf):
            assert cf.run(worker.cached()) is None
        """
    )
    project.runpytest_subprocess("-Wignore").assert_outcomes(passed=1)


def test_an_installed_pyodide_is_shadowed_and_comes_back(
    project: pytest.Pytester,
) -> None:
    package = project.mkpydir("pyodide")
    (package / "ffi.py").write_text("installed = True\n")
    project.syspathinsert()
    project.makepyfile(
        """
        def test_it():
            import pyodide
            from pyodide.ffi import to_js
            assert pyodide.__version__ == "314.0.6"
        """
    )
    project.runpytest_subprocess().assert_outcomes(passed=1)


def test_sessions_nest(project: pytest.Pytester) -> None:
    import js
    import workers

    project.makepyfile(
        """
        def test_it(env):
            import js
            js.marked_by_the_inner_session = True
            env.CACHE
        """
    )
    project.runpytest_inprocess().assert_outcomes(passed=1)
    assert sys.modules["js"] is js
    assert sys.modules["workers"] is workers
    assert not hasattr(js, "marked_by_the_inner_session")


def test_modules_load_at_their_first_import(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import sys

        def test_it():
            assert "pytest_cfbindings.javascript.objects" not in sys.modules
            import js
            assert "pytest_cfbindings.javascript.objects" in sys.modules
            assert "pytest_cfbindings.kv.namespace" in sys.modules
            assert "apsw" not in sys.modules
            assert "moto" not in sys.modules
            assert "freezegun" not in sys.modules
        """
    )
    project.runpytest_subprocess().assert_outcomes(passed=1)


def test_libraries_that_walk_through_all_modules_are_not_disturbed(
    project: pytest.Pytester,
) -> None:
    project.makepyfile(
        """
        import inspect

        import freezegun
        import js
        import workers

        def test_it(env, cf):
            assert inspect.getmodule(test_it).__name__ == __name__
            with freezegun.freeze_time("2026-01-01", real_asyncio=True):
                cf.run(env.CACHE.put("k", "v", expirationTtl=60))
                listed = cf.run(env.CACHE.list())
            assert listed["keys"][0]["expiration"] == 1767225660
        """
    )
    project.runpytest("-Wignore").assert_outcomes(passed=1)
