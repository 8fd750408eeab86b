"""What pytest was told: by options, else by ini keys, else by what lies there."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from _pytest._io import TerminalWriter

    from .conditions import Conditions
    from .configurations import Choice
    from .state.seeds import Seed

STRONG, EVENTUAL = CONSISTENCIES = ("strong", "eventual")

# The names wrangler looks for; `config.find` says which of them wins.
_WRANGLER_FILES = ("wrangler.json", "wrangler.jsonc", "wrangler.toml")


def add_options(parser: pytest.Parser) -> None:
    """Register the options and the ini keys."""
    _add_command_line(parser)
    _add_ini_keys(parser)


def _add_command_line(parser: pytest.Parser) -> None:
    group = parser.getgroup("cfbindings", "Cloudflare bindings")
    group.addoption(
        "--cf-config",
        metavar="PATH",
        help="the Worker's wrangler.toml, .json or .jsonc (default: the one that"
        " wrangler finds from pytest's rootdir upwards)",
    )
    group.addoption(
        "--cf-env",
        metavar="NAME",
        help="the environment of the Wrangler file to use (default: the variable"
        " CLOUDFLARE_ENV, else the top level)",
    )
    group.addoption(
        "--cf-backend",
        metavar="NAME",
        help="where the bindings run: embedded (the default), or workerd, the real"
        " runtime",
    )


def _add_ini_keys(parser: pytest.Parser) -> None:
    parser.addini("cf_config", "the Wrangler file, relative to this file", default="")
    parser.addini("cf_env", "the environment of the Wrangler file", default="")
    parser.addini(
        "cf_backend", "where the bindings run: embedded or workerd", default=""
    )
    parser.addini(
        "cf_workerd_timeout",
        "how many seconds workerd has for one answer, before the test fails",
        default="30",
    )
    parser.addini(
        "cf_seed",
        "what storage holds when a test begins: lines `BINDING = path`, relative to"
        " this file, or the folder .wrangler/state",
        type="linelist",
    )
    parser.addini(
        "cf_migrations",
        "the D1 migrations to apply: true (all), false, or the name of the last one",
        default="true",
    )
    parser.addini(
        "cf_kv_consistency",
        "how KV reads follow writes: strong, or eventual as in production",
        default=STRONG,
    )
    parser.addini(
        "cf_kv_write_rate",
        "whether KV refuses a second write to a key within a second",
        type="bool",
        default=False,
    )
    parser.addini(
        "cf_random_seed",
        "a number: chance decides what production leaves open, in every test alike",
        default="",
    )


def chosen(config: pytest.Config) -> Choice:
    """What to use, whether or not there is such a file."""
    from .configurations import Choice

    options = config.known_args_namespace
    folder = config.inipath.parent if config.inipath else config.rootpath
    path = None
    if options.cf_config:
        path = config.invocation_params.dir / options.cf_config
    elif ini := config.getini("cf_config"):
        path = folder / ini
    name = options.cf_env
    if name is None:
        name = config.getini("cf_env") or None
    seeds = tuple(_seed(line, folder) for line in config.getini("cf_seed"))
    return Choice(
        path,
        name,
        config.rootpath,
        seeds,
        on_workerd=_backend(config) == "workerd",
        timeout=float(config.getini("cf_workerd_timeout")),
    )


def _seed(line: str, folder: Path) -> Seed:
    """`BINDING = path`, or a path alone."""
    from .state.seeds import Seed

    name, equals, path = (part.strip() for part in line.partition("="))
    if equals and name.isidentifier():
        return Seed(name, path, folder)
    return Seed(None, line.strip(), folder)


def migrations(config: pytest.Config) -> bool | str:
    """The D1 migrations to apply: all, none, or those up to a name."""
    text: str = config.getini("cf_migrations").strip()
    return {"true": True, "false": False, "": True}.get(text.lower(), text)


def conditions(config: pytest.Config) -> Conditions:
    """What every test asks of production. Raises UsageError for what is no answer."""
    from .conditions import Conditions

    consistency = config.getini("cf_kv_consistency").strip()
    if consistency not in CONSISTENCIES:
        raise pytest.UsageError(
            f"The ini key cf_kv_consistency takes {' or '.join(CONSISTENCIES)}, not"
            f" {consistency!r}."
        )
    seed: str = config.getini("cf_random_seed").strip()
    if seed and not seed.isdecimal():
        raise pytest.UsageError(
            f"The ini key cf_random_seed takes a whole number, not {seed!r}."
        )
    try:
        write_rate: bool = config.getini("cf_kv_write_rate")
    except (ValueError, pytest.UsageError) as error:
        raise pytest.UsageError(f"The ini key cf_kv_write_rate: {error}") from None
    return Conditions(consistency == EVENTUAL, write_rate, int(seed) if seed else None)


def is_there_one(config: pytest.Config) -> bool:
    """Whether a file was named or lies where wrangler would find it."""
    if config.known_args_namespace.cf_config or config.getini("cf_config"):
        return True
    return any(
        os.path.exists(os.path.join(folder, name))
        for folder in (config.rootpath, *config.rootpath.parents)
        for name in _WRANGLER_FILES
    )


def inside_another_session() -> bool:
    """Whether a session of ours is around this one, as under pytester."""
    return any(type(finder).__name__ == "RuntimeFinder" for finder in sys.meta_path)


def check_backend(config: pytest.Config) -> None:
    """Raises UsageError for a backend, or an ini key, that cannot be served."""
    backend = _backend(config)
    if backend not in ("embedded", "workerd"):
        raise pytest.UsageError(
            f"--cf-backend {backend}: there are the backends embedded and workerd."
        )
    conditions(config)


def install_backend(config: pytest.Config) -> None:
    """Have the chosen backend installed. Raises UsageError if it cannot be."""
    if _backend(config) == "workerd" and not hasattr(config, "workerinput"):
        from .workerd.installation import NotInstalled, install

        try:
            install(partial(_show, config.get_terminal_writer()))
        except NotInstalled as error:
            problem = str(error)
        else:
            return
        raise pytest.UsageError(problem)


def _backend(config: pytest.Config) -> str:
    # Sessions begin before the other options are known.
    given = config.known_args_namespace.cf_backend
    name: str = given or config.getini("cf_backend")
    return name or "embedded"


def _show(writer: TerminalWriter, text: str) -> None:
    writer.write(text, flush=True)
