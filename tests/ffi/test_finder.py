import importlib
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

from pytest_cfbindings.ffi.finder import RuntimeFinder


def module(name: str, **contents: object) -> ModuleType:
    made = ModuleType(name)
    made.__dict__.update(contents)
    return made


def modules(mark: str) -> dict[str, ModuleType]:
    return {
        "js": module("js", mark=mark),
        "pyodide": module("pyodide", mark=mark, __path__=[]),
        "pyodide.ffi": module("pyodide.ffi", mark=mark),
    }


@pytest.fixture
def finder() -> Iterator[RuntimeFinder]:
    """A finder that is uninstalled in the end."""
    made = RuntimeFinder(lambda: modules("first"))
    yield made
    made.uninstall()


def mark(name: str) -> object:
    return importlib.import_module(name).mark


def test_its_modules_are_importable_while_it_is_installed(
    finder: RuntimeFinder,
) -> None:
    before = sys.modules["js"]
    assert finder.install() is True
    assert (mark("js"), mark("pyodide.ffi")) == ("first", "first")
    finder.uninstall()
    assert sys.modules["js"] is before


def test_it_is_installed_once(finder: RuntimeFinder) -> None:
    assert finder.install() is True
    assert finder.install() is False
    assert sys.meta_path.count(finder) == 1


def test_uninstalling_what_is_not_installed_does_nothing(
    finder: RuntimeFinder,
) -> None:
    before = (list(sys.meta_path), dict(sys.modules))
    finder.uninstall()
    assert (list(sys.meta_path), dict(sys.modules)) == before


def test_nothing_is_loaded_before_something_is_imported() -> None:
    loaded = []

    def load() -> dict[str, ModuleType]:
        loaded.append(1)
        return modules("late")

    finder = RuntimeFinder(load)
    finder.install()
    try:
        assert loaded == []
        assert (mark("js"), mark("pyodide"), loaded) == ("late", "late", [1])
    finally:
        finder.uninstall()


def test_what_was_there_is_shadowed_and_comes_back(finder: RuntimeFinder) -> None:
    names = ("js", "pyodide", "pyodide.ffi", "workers", "_pyodide_entrypoint_helper")
    before = {name: sys.modules[name] for name in names}
    finder.install()
    assert not before.keys() & sys.modules.keys()
    assert mark("pyodide") == "first"
    finder.uninstall()
    assert {name: sys.modules[name] for name in names} == before


def test_the_innermost_installation_answers(finder: RuntimeFinder) -> None:
    inner = RuntimeFinder(lambda: {"js": module("js", mark="second")})
    finder.install()
    assert mark("js") == "first"
    inner.install()
    try:
        assert mark("js") == "second"
        with pytest.raises(ModuleNotFoundError):
            importlib.import_module("pyodide.ffi")
    finally:
        inner.uninstall()
    assert (mark("js"), mark("pyodide.ffi")) == ("first", "first")


def test_a_name_it_does_not_have_is_left_to_others(finder: RuntimeFinder) -> None:
    finder.install()
    with pytest.raises(ModuleNotFoundError, match=r"pyodide\.nothere"):
        importlib.import_module("pyodide.nothere")
    assert finder.find_spec("json") is None
    assert finder.find_spec("jsonschema") is None


def test_without_modules_everything_is_left_to_others() -> None:
    finder = RuntimeFinder(lambda: None)
    finder.install()
    try:
        assert finder.find_spec("js") is None
        with pytest.raises(ModuleNotFoundError):
            importlib.import_module("_cloudflare_compat_flags")
    finally:
        finder.uninstall()
