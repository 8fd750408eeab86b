"""Fakes behind bindings that are not embedded: cf.provide and the hooks."""

import pytest

WITH_AI = """
name = "w"
main = "src/entry.py"
compatibility_date = "2026-09-15"
compatibility_flags = ["python_workers"]
ai = { binding = "AI" }
[[kv_namespaces]]
binding = "CACHE"
[vars]
LIMIT = 5
MODE = "live"
"""


@pytest.fixture(autouse=True)
def with_ai(project: pytest.Pytester) -> pytest.Pytester:
    project.makefile(".toml", wrangler=WITH_AI)
    return project


def test_a_binding_that_is_not_embedded_is_there_and_refuses_to_be_used(
    project: pytest.Pytester,
) -> None:
    project.makepyfile(
        "async def test_it(env):\n    ai = env.AI\n    await ai.run('m')"
    )
    result = project.runpytest("--asyncio-mode=auto")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "cfbindings: wrangler.toml (KV: CACHE; Workers AI: AI)*",
            "*UnusableBinding: env.AI is a Workers AI binding ('ai' in wrangler.toml),"
            ' which*cf.provide("AI", fake)*pytest_cfbindings_provide*',
        ]
    )


def test_what_a_test_provides_is_gone_in_the_next(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest
        from pytest_cfbindings import UnusableBinding
        from workers import env as module_env

        class Fake:
            name = "fake"
            async def run(self, *args): return list(args)

        async def test_provided(env, cf):
            kept = env.AI
            cf.provide("AI", Fake())
            for view in (env, module_env):
                assert await view.AI.run("m", {"a": 1}, b=None) == [
                    "m", {"a": 1}, {"b": None}
                ]
            assert env.AI.name == "fake"
            assert not hasattr(env.AI, "missing")
            with pytest.raises(UnusableBinding):
                await kept.run("m")

        async def test_gone(env):
            for view in (env, module_env):
                with pytest.raises(UnusableBinding):
                    await view.AI.run("m")
        """
    )
    result = project.runpytest("--asyncio-mode=auto", "-p", "no:randomly")
    result.assert_outcomes(passed=2)


def test_arguments_are_converted_as_for_the_real_binding(
    project: pytest.Pytester,
) -> None:
    project.makepyfile(
        """
        import pytest
        from workers import Response

        class Fake:
            async def run(self, model, inputs):
                self.got = inputs
                return {"a": None, "b": [1.0, b"x"], "r": Response("hi")}

        async def test_it(env, cf):
            fake = Fake()
            cf.provide("AI", fake)
            with pytest.raises(TypeError, match="cannot be sent over RPC"):
                env.AI.run("m", ("a",))
            answer = await env.AI.run("m", {"k": None, "n": 2.0})
            assert fake.got == {"k": None, "n": 2} and type(fake.got["n"]) is int
            assert answer["a"] is None
            assert answer.b[0] == 1 and bytes(answer["b"][1]) == b"x"
            assert await answer["r"].text() == "hi"
        """
    )
    project.runpytest("--asyncio-mode=auto").assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("cf.provide('CACHE', object())", "env.CACHE is embedded by pytest-cfbindings"),
        ("cf.provide('NOPE', 1)", "configures no binding NOPE"),
        ("cf.provide('LIMIT', object())", "env.LIMIT is a var, and vars are JSON"),
        ("cf.provide('LIMIT', float('nan'))", "env.LIMIT is a var, and vars are JSON"),
    ],
)
def test_what_production_would_not_have_cannot_be_provided(
    project: pytest.Pytester, call: str, message: str
) -> None:
    project.makepyfile(f"def test_it(cf): {call}")
    result = project.runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([f"*UnusableBinding: *{message}*"])


def test_a_var_can_be_replaced_for_one_test(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        def test_replaced(env, cf):
            cf.provide("LIMIT", 1)
            cf.provide("MODE", "dry")
            assert (env.LIMIT, env.MODE) == (1, "dry")

        def test_as_configured(env):
            assert (env.LIMIT, env.MODE) == (5, "live")
        """
    )
    project.runpytest("-p", "no:randomly").assert_outcomes(passed=2)


def test_the_hooks_serve_the_whole_project(project: pytest.Pytester) -> None:
    project.makeconftest(
        """
        asked = []

        class Fake:
            async def run(self): return "from the hook"

        def pytest_cfbindings_provide(binding, config):
            asked.append((binding.name, binding.kind, binding.key, config.name))
            return Fake()

        def pytest_cfbindings_env(config, provide):
            provide("MODE", "adjusted")
        """
    )
    project.makepyfile(
        """
        import pytest
        from conftest import asked
        from workers import env as module_env

        @pytest.mark.parametrize("round", range(2))
        async def test_it(env, round):
            assert await env.AI.run() == "from the hook"
            assert env.MODE == module_env.MODE == "adjusted"
            assert asked == [("AI", "Workers AI", "ai", "w")]
        """
    )
    project.runpytest("--asyncio-mode=auto").assert_outcomes(passed=2)


def test_secrets_show_nowhere(project: pytest.Pytester) -> None:
    (project.path / ".dev.vars").write_text("TOKEN=hunter2\n")
    project.makepyfile(
        """
        def test_it(env, cf, cf_config):
            assert env.TOKEN == "hunt" + "er2"
            for thing in (env, cf, cf_config, cf._session, env._env):
                assert "er2" not in repr(thing)
            env.MISSING
        """
    )
    result = project.runpytest("-vv", "--showlocals")
    result.assert_outcomes(failed=1)
    assert "hunter2" not in result.stdout.str() + result.stderr.str()
    result.stdout.fnmatch_lines(["E*AttributeError: MISSING"])
