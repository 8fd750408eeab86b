"""The failing test that the documentation shows, and what pytest shows of it."""

import re
from pathlib import Path

import pytest

from .conftest import shown

PAGE = Path(__file__).parents[2] / "docs" / "snapshots-and-seeds.md"
WRANGLER = """
name = "shop"
main = "src/entry.py"
compatibility_date = "2026-09-15"
compatibility_flags = ["python_workers"]
kv_namespaces = [{ binding = "CACHE", id = "cache" }]
d1_databases = [{ binding = "DB", database_id = "db" }]
r2_buckets = [{ binding = "FILES", bucket_name = "files" }]
"""


def test_a_failing_test_is_shown_as_documented(shop: pytest.Pytester) -> None:
    page = PAGE.read_text(encoding="utf-8")
    code = re.findall(r"```py\n(.*?)```", page, re.DOTALL)[0]
    told = re.findall(r"```text\n(.*?)```", page, re.DOTALL)[0]
    shop.makefile(".toml", wrangler=WRANGLER)
    shop.makepyfile(test_checkout=code)
    result = shop.runpytest("-Wignore")
    report = shown(result, ">       assert", "=====").splitlines()[:-1]
    assert "\n".join(report) + "\n" == told
