"""What the README says has run."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")

WRANGLER = """
name = "readme"
main = "entry.py"
compatibility_date = "2026-09-15"
compatibility_flags = ["python_workers"]
[[kv_namespaces]]
binding = "CACHE"
id = "cache"
"""


def test_the_first_test_passes(pytester: pytest.Pytester) -> None:
    code = re.findall(r"```python\n(.*?)```", README, re.DOTALL)[0]
    assert len(code.strip().splitlines()) <= 10
    pytester.makefile(".toml", wrangler=WRANGLER)
    pytester.makepyfile(code)
    result = pytester.runpytest_subprocess("--cf-config", "wrangler.toml", "-Wignore")
    result.assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (
            "run.py",
            [
                "loading the plugin",
                "a fresh env",
                "KV get",
                "KV get, another binding armed",
                "D1 first",
                "RPC",
                "sql.exec",
                "dump of",
            ],
        ),
        ("travel.py", ["a test that freezes", "travel over 1000 due tasks"]),
    ],
)
def test_the_benchmarks_run(name: str, shown: list[str]) -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / name), "--quick"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    for what in shown:
        assert what in result.stdout


def test_the_hooks_can_be_used_as_shown(pytester: pytest.Pytester) -> None:
    conftest = re.findall(r"```python\n(.*?)```", README, re.DOTALL)[1]
    ai_and_var = '[ai]\nbinding = "AI"\n[vars]\nAPI_URL = "live"\n'
    pytester.makefile(".toml", wrangler=WRANGLER + ai_and_var)
    pytester.makeconftest(conftest)
    pytester.makepyfile(
        """
        async def test_it(env):
            answer = await env.AI.run("model", {"input_text": "x" * 30})
            assert answer == {"summary": "x" * 20}
            assert env.API_URL == "https://api.example"
        """
    )
    result = pytester.runpytest_subprocess("--cf-config", "wrangler.toml", "-Wignore")
    result.assert_outcomes(passed=1)


def test_the_fastapi_benchmark_runs() -> None:
    pytest.importorskip("fastapi")
    file = ROOT / "benchmarks" / "fastapi_request.py"
    command = [sys.executable, str(file), "--quick"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "a request to a FastAPI Worker" in result.stdout


@pytest.mark.parametrize(
    "example",
    sorted((ROOT / "conftest_examples").iterdir()),
    ids=lambda path: path.name,
)
def test_every_example_passes(pytester: pytest.Pytester, example: Path) -> None:
    if example.name.startswith("fastapi"):
        pytest.importorskip("fastapi")
    pytester.copy_example(example.name)
    [file] = [path.name for path in example.glob("wrangler.*")]
    result = pytester.runpytest_subprocess("--cf-config", file, "-Wignore")
    assert result.ret == pytest.ExitCode.OK
