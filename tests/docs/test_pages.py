"""Every block of code in the README and in the documentation runs."""

import re
import shutil
from pathlib import Path

import pytest

from . import developers_data
from .code_blocks import files_of, left_out, reports_of, settings_of

ROOT = Path(__file__).parents[2]
PROJECT = Path(__file__).parent / "project"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
WITH_CODE = [page for page in PAGES if files_of(page)]
WITH_SETTINGS = [page for page in PAGES if settings_of(page)]


def name(page: Path) -> str:
    return page.name


def is_wrangler(name: str) -> bool:
    return Path(name).stem == "wrangler"


def write(files: dict[str, str], project: Path) -> None:
    """The files of a page, in the project of all pages unless it shows its own."""
    if not any(map(is_wrangler, files)):
        shutil.copytree(PROJECT, project, dirs_exist_ok=True)
        developers_data.keep_in(project)
    for name, code in files.items():
        file = project / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(code, encoding="utf-8")


@pytest.mark.parametrize("page", WITH_CODE, ids=name)
def test_the_code_of_a_page_runs(pytester: pytest.Pytester, page: Path) -> None:
    """What fails on purpose is shown as the page shows it."""
    files, reports = files_of(page), reports_of(page)
    write(files, pytester.path)
    written = sum(len(re.findall(r"def test_", code)) for code in files.values())
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider", "-Wignore")
    outcomes = result.parseoutcomes()
    assert outcomes.keys() <= {"passed", "failed", "warnings", "warning"}
    assert outcomes.get("failed", 0) == len(reports)
    assert outcomes.get("passed", 0) >= max(written - len(reports), 1)
    shown = "\n".join(line.rstrip() for line in result.outlines)
    for report in reports:
        assert report in shown


@pytest.mark.parametrize("page", WITH_SETTINGS, ids=name)
def test_tests_run_with_the_settings_of_a_page(
    pytester: pytest.Pytester, page: Path
) -> None:
    files = {n: code for n, code in files_of(page).items() if not n.endswith(".py")}
    write(files, pytester.path)
    pytester.makepyfile("def test_it(env, cf):\n    assert any(cf.dump().values())")
    for settings in settings_of(page):
        pytester.path.joinpath("pytest.ini").write_text(settings, encoding="utf-8")
        result = pytester.runpytest_inprocess("-p", "no:cacheprovider", "-Wignore")
        result.assert_outcomes(passed=1)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_block_is_left_out(page: Path) -> None:
    assert left_out(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "fence",
    [
        "    ```python",
        "> ```python",
        "```py",
        "```",
        "``` python",
        '```python hl_lines="1"',
        "````python",
    ],
)
def test_a_block_that_would_not_run_is_noticed(fence: str) -> None:
    page = f"```python\nassert True\n```\n\n{fence}\nassert False\n```\n"
    assert fence in left_out(page)
