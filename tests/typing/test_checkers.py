"""What type checkers say of a Worker and its tests, line by line."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent / "project"
FILES = ("src/entry.py", "tests/test_entry.py")

Findings = set[tuple[str, int, str]]


def expected() -> Findings:
    """The lines that say of themselves that they are wrong, and by which rule."""
    found = set()
    for name in FILES:
        lines = (PROJECT / name).read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            if match := re.search(r"# wrong: (\S+)$", line):
                found.add((name, number, match[1]))
    return found


def run(*command: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=PROJECT, capture_output=True, text=True
    ).stdout


def test_mypy_finds_what_is_wrong_and_nothing_else(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    # The package itself is checked elsewhere: what it imports is of no interest here.
    told = run("mypy", f"--cache-dir={tmp_path}", "--hide-error-context", *FILES)
    errors = re.findall(r"^(\S+):(\d+): error: .*\[([a-z-]+)\]$", told, re.MULTILINE)
    assert {(name, int(line), rule) for name, line, rule in errors} == expected()


def test_pyright_finds_what_is_wrong_and_nothing_else() -> None:
    pytest.importorskip("pyright")
    told = run("pyright", "--outputjson", "--pythonpath", sys.executable)
    found = {
        (
            Path(each["file"]).relative_to(PROJECT).as_posix(),
            each["range"]["start"]["line"] + 1,
        )
        for each in json.loads(told)["generalDiagnostics"]
    }
    assert found == {(name, line) for name, line, _ in expected()}
