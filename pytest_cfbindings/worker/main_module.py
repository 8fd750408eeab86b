"""The Worker's main module and what it exports."""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from ..config import Config
from .module_finder import module_of

_SRC_PREFIX = (
    "If your main module is inside the 'src' directory then your import statement"
    " shouldn't include a 'src.' prefix"
)


class WorkerError(Exception):
    """The Worker cannot be run; the message says what is wrong with its main module."""


def load_main(config: Config) -> ModuleType:
    """Import `main` by its plain name, as the runtime does inside a running loop.

    A test that imports the same name gets the same module. Raises WorkerError if there
    is no main module or another file has its name.
    """
    if config.main is None or not config.is_python:
        raise WorkerError(
            f"{config.path.name} has no Python main module to run: let `main` be"
            " the Worker's .py file."
        )
    if not config.main.exists():
        raise WorkerError(
            f"{config.path.name}: main is {config.main}, which is not there. Write it,"
            " or correct the path, which is relative to the Wrangler file."
        )
    name = module_of(config.main)
    try:
        module = import_module(name)
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] == "src":
            error.add_note(_SRC_PREFIX)
        raise
    _check_file(module, config.main)
    return module


def _check_file(module: ModuleType, main: Path) -> None:
    file = getattr(module, "__file__", None)
    if file is None or not Path(file).samefile(main):
        raise WorkerError(
            f"The Worker's main module is {main}, but {module.__name__!r} is"
            f" {file or 'a built-in module'}: rename the one that is not the Worker."
        )


def exported_classes(module: ModuleType) -> dict[str, type]:
    """The entrypoint classes of a main module, by their own names (workerd, read).

    Those in `__all__`, or all without a leading underscore; imported ones count.
    """
    bases = _bases()
    names = getattr(module, "__all__", None) or [
        name for name in vars(module) if not name.startswith("_")
    ]
    found = [getattr(module, name) for name in names]
    return {
        cls.__name__: cls
        for cls in found
        if isinstance(cls, type) and issubclass(cls, bases) and cls not in bases
    }


def _bases() -> tuple[type, ...]:
    workers: Any = sys.modules["workers"]
    return (
        workers.DurableObject,
        workers.WorkerEntrypoint,
        workers.WorkflowEntrypoint,
    )


def default_entrypoint(module: ModuleType) -> type:
    """The class `Default`. Raises WorkerError if the module has none."""
    classes = exported_classes(module)
    if "Default" not in classes:
        found = ", ".join(sorted(classes)) or "no entrypoint class at all"
        raise WorkerError(
            f"There is no 'Default' class defined in the Python Worker's main module"
            f" ({module.__file__}); it exports {found}."
        )
    return classes["Default"]
