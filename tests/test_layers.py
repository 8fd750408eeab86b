"""The layers of the package: imports only go down, and the product rooms stay apart."""

import ast
from collections.abc import Iterable
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pytest_cfbindings"

FLOORS = {
    "plugin": 6,
    "__main__": 6,
    "active_session": 6,
    "async_tests": 6,
    "choice": 6,
    "frames": 6,
    "marker": 6,
    "storage_report": 6,
    "verdicts": 6,
    "configurations": 5,
    "control": 5,
    "env_types": 5,
    "event_loop": 5,
    "import_hooks": 5,
    "session": 5,
    "summary": 5,
    "template": 5,
    "time_zone": 1,
    "worker": 4,
    "workerd": 4,
    "state": 4,
    "faults": 4,
    "ffi": 3,
    "kv": 3,
    "d1": 3,
    "queues": 3,
    "r2": 3,
    "rate_limits": 3,
    "durable_objects": 3,
    "web": 2,
    "sqlite": 2,
    "javascript": 1,
    "config": 1,
    "asked": 1,
    "calls": 1,
    "cursors": 1,
    "clock": 1,
    "limits": 1,
    "limit_changes": 1,
    "conditions": 1,
    "interference": 1,
    "place": 1,
    "global_scope": 1,
    "io_context": 1,
    "hookspecs": 1,
    "typing": 1,
    "stack_switching": 1,
    "switching": 1,
}
# The third floor's rooms do not know each other, nor do those of the second.
APART = {3, 2}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(module: Path) -> str:
    return module.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(module: Path, nodes: Iterable[ast.AST]) -> set[tuple[str, ...]]:
    """The package's own modules that these statements import, as paths below it."""
    inside = module.relative_to(PACKAGE).parent.parts
    found = set()
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.level:
            base = inside[: len(inside) - node.level + 1]
            path = (*base, *(node.module.split(".") if node.module else ()))
            for alias in node.names:
                names = (*path, alias.name)
                found.add(names if _is_module(names) else path)
    return found


def parsed(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def _is_module(path: tuple[str, ...]) -> bool:
    file = PACKAGE.joinpath(*path)
    return file.with_suffix(".py").exists() or file.is_dir()


def name(module: Path) -> str:
    return str(module.relative_to(PACKAGE))


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_imports_only_go_down(module: Path) -> None:
    if module == PACKAGE / "__init__.py":
        return
    own = room(module)
    for target in imported(module, ast.walk(parsed(module))):
        if not target or target[0] == own:
            continue
        above, below = FLOORS[own], FLOORS[target[0]]
        assert below <= above, f"{own} imports {'.'.join(target)}"
        assert below < above or above not in APART, f"{own} imports {target[0]}"


def test_modules_do_not_import_each_other_in_a_circle() -> None:
    graph = {module: _targets(module) for module in MODULES}
    finished: set[Path] = set()

    def visit(module: Path, path: list[Path]) -> None:
        assert module not in path, " -> ".join(name(m) for m in [*path, module])
        if module in graph and module not in finished:
            for target in graph[module]:
                visit(target, [*path, module])
            finished.add(module)

    for module in MODULES:
        visit(module, [])


def _targets(module: Path) -> list[Path]:
    """The files a module needs in order to be imported: top-level statements only."""
    found = []
    for target in imported(module, parsed(module).body):
        file = PACKAGE.joinpath(*target)
        found.append(file / "__init__.py" if file.is_dir() else file.with_suffix(".py"))
    return found


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_only_the_clock_reads_the_time(module: Path) -> None:
    if room(module) != "clock":
        assert "time.time(" not in module.read_text(encoding="utf-8")
