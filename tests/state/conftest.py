from pathlib import Path

import pytest

WRANGLER = """
name = "shop"
main = "src/entry.py"
compatibility_date = "2026-09-15"
compatibility_flags = ["python_workers"]

[[kv_namespaces]]
binding = "CACHE"
id = "cache"

[[kv_namespaces]]
binding = "SESSIONS"
id = "sessions"

[env.staging]
[[env.staging.kv_namespaces]]
binding = "STAGED"
id = "staged"
"""


@pytest.fixture
def cf_config_path(
    request: pytest.FixtureRequest, cf_config_path: Path | None
) -> Path | None:
    """The configuration of these tests, unless a marker names another one."""
    marked = request.node.get_closest_marker("cfbindings")
    return cf_config_path if marked else Path(__file__).parent / "wrangler.toml"


@pytest.fixture
def shop(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A Worker project with two KV namespaces, in a session like a developer's."""
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function\n")
    pytester.makefile(".toml", wrangler=WRANGLER)
    pytester.mkdir("src").joinpath("entry.py").write_text("")
    return pytester


def shown(result: pytest.RunResult, first: str, last: str) -> str:
    """The lines of a run's output from one to another, both included."""
    lines = [line.rstrip() for line in result.outlines]
    start = next(i for i, line in enumerate(lines) if line.startswith(first))
    end = next(i for i, line in enumerate(lines[start:]) if line.startswith(last))
    return "\n".join(lines[start : start + end + 1])
