"""What it costs to have the plugin installed."""

import json
import subprocess
import sys
import textwrap
from functools import cache

import pytest

HEAVY = (
    "apsw",
    "asyncio",
    "boto3",
    "botocore",
    "freezegun",
    "moto",
    "tomli",
    "workers",
    "pytest_cfbindings.config",
    "pytest_cfbindings.d1",
    "pytest_cfbindings.ffi",
    "pytest_cfbindings.javascript",
    "pytest_cfbindings.kv",
    "pytest_cfbindings.r2",
    "pytest_cfbindings.session",
    "pytest_cfbindings.sqlite",
    "pytest_cfbindings.workerd",
)


@cache
def modules_after(code: str) -> list[str]:
    """The modules that this code adds to those of pytest itself."""
    program = textwrap.dedent(
        """
        import sys, pytest, _pytest.config
        before = set(sys.modules)
        {code}
        import json
        print(json.dumps(sorted(set(sys.modules) - before)))
        """
    ).format(code=code)
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return list(json.loads(answer.stdout))


def test_loading_the_plugin_adds_few_modules() -> None:
    added = modules_after("import pytest_cfbindings.plugin")
    assert len(added) <= 15, added


@pytest.mark.parametrize("name", HEAVY)
def test_loading_the_plugin_does_not_import(name: str) -> None:
    assert name not in modules_after("import pytest_cfbindings.plugin")


def test_importing_the_package_adds_only_itself() -> None:
    assert modules_after("import pytest_cfbindings") == ["pytest_cfbindings"]


def test_the_public_names_come_with_their_modules_when_they_are_used() -> None:
    import pytest_cfbindings

    for name in pytest_cfbindings.__all__:
        assert getattr(pytest_cfbindings, name).__name__ == name
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        _ = pytest_cfbindings.Nothing
