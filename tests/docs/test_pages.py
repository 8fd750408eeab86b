"""Every block of code in the README and in the documentation runs."""

import re
import shutil
from pathlib import Path

import pytest

from .code_blocks import files_of

ROOT = Path(__file__).parents[2]
PROJECT = Path(__file__).parent / "project"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
WITH_CODE = [page for page in PAGES if files_of(page)]


def is_wrangler(name: str) -> bool:
    return Path(name).stem == "wrangler"


@pytest.mark.parametrize("page", WITH_CODE, ids=lambda page: page.name)
def test_the_code_of_a_page_runs(pytester: pytest.Pytester, page: Path) -> None:
    files = files_of(page)
    if not any(map(is_wrangler, files)):
        shutil.copytree(PROJECT, pytester.path, dirs_exist_ok=True)
    for name, code in files.items():
        file = pytester.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(code, encoding="utf-8")
    written = sum(len(re.findall(r"def test_", code)) for code in files.values())
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider", "-Wignore")
    outcomes = result.parseoutcomes()
    assert outcomes.keys() <= {"passed", "warnings", "warning"}
    assert outcomes.get("passed", 0) >= max(written, 1)


def test_no_block_is_left_out() -> None:
    """A block is fenced at the margin, or it would be taken for text."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert not re.findall(r"^[ >]+```(?:python|toml)", text, re.MULTILINE), page
