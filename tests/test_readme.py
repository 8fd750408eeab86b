"""What the README says has run."""

import re
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
    [code] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len(code.strip().splitlines()) <= 10
    pytester.makefile(".toml", wrangler=WRANGLER)
    pytester.makepyfile(code)
    result = pytester.runpytest_subprocess("--cf-config", "wrangler.toml", "-Wignore")
    result.assert_outcomes(passed=1)


@pytest.mark.parametrize(
    "example",
    sorted((ROOT / "conftest_examples").iterdir()),
    ids=lambda path: path.name,
)
def test_every_example_passes(pytester: pytest.Pytester, example: Path) -> None:
    pytester.copy_example(example.name)
    [file] = [path.name for path in example.glob("wrangler.*")]
    result = pytester.runpytest_subprocess("--cf-config", file, "-Wignore")
    assert result.ret == pytest.ExitCode.OK
