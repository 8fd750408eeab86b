from collections.abc import Callable

import pytest

WRANGLER = """
name = "shop"
main = "src/entry.py"
compatibility_date = "2026-07-01"
compatibility_flags = ["python_workers"]

[[kv_namespaces]]
binding = "CACHE"
id = "cache"

[env.staging]
[[env.staging.kv_namespaces]]
binding = "STAGED"
id = "staged"
"""

INI = """
[pytest]
asyncio_default_fixture_loop_scope = function
"""

Run = Callable[..., pytest.RunResult]


@pytest.fixture(autouse=True)
def settings(pytester: pytest.Pytester) -> None:
    """Settings without which pytest-asyncio warns in every run."""
    pytester.makeini(INI)


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A Worker project: a Wrangler file, a main module, and pytest's own settings."""
    pytester.makefile(".toml", wrangler=WRANGLER)
    source = pytester.mkdir("src")
    (source / "entry.py").write_text(
        "from workers import WorkerEntrypoint\n\n\n"
        "class Default(WorkerEntrypoint):\n"
        "    async def cached(self):\n"
        "        return await self.env.CACHE.get('page')\n"
    )
    return pytester


@pytest.fixture
def fails_for_its_marker(project: pytest.Pytester) -> Callable[[str, str], None]:
    """Check that a marker with these arguments fails a test, and with which message."""

    def check(marker: str, message: str) -> None:
        project.makepyfile(
            f"import pytest\n@pytest.mark.cfbindings({marker})\ndef test_it(env): ..."
        )
        result = project.runpytest()
        result.assert_outcomes(errors=1)
        result.stdout.fnmatch_lines([f"*@pytest.mark.cfbindings {message}*"])

    return check
