"""`python -m pytest_cfbindings types`: write the type of a project's own `env`."""

import argparse
import os
import sys
from pathlib import Path

FILE_NAME = "worker_env.py"


def main(arguments: list[str] | None = None) -> int:
    """Write the module; returns the exit code, 1 for a configuration with errors."""
    chosen = _parser().parse_args(arguments)
    from .config import load

    loaded = load(
        chosen.config, cwd=Path.cwd(), env=chosen.environment, environ=os.environ
    )
    if loaded.config is None:
        print(loaded.error_text() or _nothing_found(), file=sys.stderr)
        return 1
    from .env_types import module_of

    text = module_of(loaded.config)
    if chosen.output == "-":
        print(text, end="")
        return 0
    main_module = loaded.config.main
    folder = main_module.parent if main_module else loaded.config.folder
    file = Path(chosen.output) if chosen.output else folder / FILE_NAME
    file.write_text(text, encoding="utf-8")
    print(f"{_shown(file)}: written from {loaded.shown_path}", file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pytest_cfbindings")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    types = commands.add_parser(
        "types",
        help=f"write the type of the Worker's env to {FILE_NAME}",
        description="Write a module with a Protocol `Env` of the bindings, vars and"
        f" secrets of a Wrangler file, to {FILE_NAME} beside the Worker's main module.",
    )
    types.add_argument(
        "config",
        nargs="?",
        type=Path,
        help="the Wrangler file; without it the one that wrangler would find",
    )
    types.add_argument("--env", dest="environment", help="the environment to use")
    types.add_argument("--output", help="another file; - is the standard output")
    return parser


def _nothing_found() -> str:
    return (
        "There is no wrangler.json, wrangler.jsonc or wrangler.toml here, nor in a"
        " folder above: name the file, `python -m pytest_cfbindings types PATH`."
    )


def _shown(file: Path) -> str:
    try:
        return str(file.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(file)


if __name__ == "__main__":
    raise SystemExit(main())
