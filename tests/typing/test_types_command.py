"""`python -m pytest_cfbindings types`."""

import runpy
import shutil
import sys
from pathlib import Path

import pytest

from pytest_cfbindings.__main__ import main

PROJECT = Path(__file__).parent / "project"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without its types, as the current folder."""
    shutil.copy(PROJECT / "wrangler.toml", tmp_path)
    (tmp_path / "src").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_type_of_env_is_written_beside_the_main_module(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["types"]) == 0
    written = (project / "src" / "worker_env.py").read_text(encoding="utf-8")
    assert written == (PROJECT / "src" / "worker_env.py").read_text(encoding="utf-8")
    assert "src/worker_env.py: written from wrangler.toml" in capsys.readouterr().err


def test_what_is_written_can_be_imported_without_this_package(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["types"])
    monkeypatch.setitem(sys.modules, "pytest_cfbindings", None)
    written = runpy.run_path(str(project / "src" / "worker_env.py"))
    assert written["Env"].__annotations__["CACHE"] == "KVNamespace"


def test_another_output_and_another_environment_can_be_named(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (project / "wrangler.toml").open("a") as file:
        file.write('[env.staging.vars]\nSTAGE = "staging"\n')
    assert main(["types", "wrangler.toml", "--env", "staging", "--output", "-"]) == 0
    out = capsys.readouterr().out
    assert "The bindings of wrangler.toml [staging]" in out
    assert "    STAGE: str\n" in out
    assert not (project / "src" / "worker_env.py").exists()


def test_a_file_with_errors_is_refused_with_them(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "wrangler.toml").write_text('name = "x"\nkv_namespaces = 5\n')
    assert main(["types"]) == 1
    assert '"kv_namespaces"' in capsys.readouterr().err


def test_no_file_at_all_is_said_to_be_missing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["types"]) == 1
    assert "name the file" in capsys.readouterr().err
