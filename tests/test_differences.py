"""The page of differences is made of the conformance tests."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / ".ci" / "differences"

pytestmark = pytest.mark.skipif(not SCRIPT.exists(), reason="this is no checkout")


def test_the_page_of_differences_is_up_to_date() -> None:
    command = [sys.executable, str(SCRIPT), "--check"]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
