"""What the README says has run."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_first_test_is_short() -> None:
    code = re.findall(r"```python\n(.*?)```", README, re.DOTALL)[0]
    assert len(code.strip().splitlines()) <= 10


def test_it_is_short_itself() -> None:
    assert len(README.splitlines()) < 200


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
        ("travel.py", ["a test that freezes", "due alarms", "due tasks"]),
    ],
)
def test_the_benchmarks_run(name: str, shown: list[str]) -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / name), "--quick"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    for what in shown:
        assert what in result.stdout


def test_the_fastapi_benchmark_runs() -> None:
    pytest.importorskip("fastapi")
    file = ROOT / "benchmarks" / "fastapi_request.py"
    command = [sys.executable, str(file), "--quick"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "a request to a FastAPI Worker" in result.stdout


EXAMPLES = sorted((ROOT / "conftest_examples").iterdir())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_every_example_passes(pytester: pytest.Pytester, example: Path) -> None:
    if example.name.startswith("fastapi"):
        pytest.importorskip("fastapi")
    pytester.copy_example(example.name)
    result = pytester.runpytest_inprocess("-Wignore")
    assert result.ret == pytest.ExitCode.OK


@pytest.mark.parametrize(
    "readme",
    sorted((ROOT / "conftest_examples").glob("*/README.md")),
    ids=lambda path: path.parent.name,
)
def test_every_example_says_in_five_lines_what_it_is(readme: Path) -> None:
    lines = readme.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 5
