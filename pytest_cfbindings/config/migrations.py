"""D1 migrations: where they are, which files count, and in which order."""

import os
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cmp_to_key
from pathlib import Path

from .discovery import absolute
from .globs import matches, may_hold_matches
from .model import MigrationSettings

DEFAULT_DIRECTORY = "./migrations"
DEFAULT_TABLE = "d1_migrations"

_LEADING_NUMBER = re.compile(r"\s*([+-]?\d+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Migration:
    """One migration. `name` is what the migrations table records."""

    name: str
    path: Path


def migration_settings(
    folder: Path,
    file_name: str,
    *,
    directory: str | None,
    pattern: str | None,
    table: str | None,
) -> MigrationSettings:
    """The settings of a D1 binding, with defaults (wrangler 4.164, measured).

    `folder` holds the configuration, `file_name` is what wrangler calls it.
    """
    relative = normalised(DEFAULT_DIRECTORY if directory is None else directory)
    default_pattern = normalised(f"{relative}/*.sql")
    chosen = default_pattern if pattern is None else normalised(pattern)
    return MigrationSettings(
        directory=absolute(Path(relative), folder),
        relative_directory=relative,
        pattern=chosen,
        table=table or DEFAULT_TABLE,
        problem=_contradiction(file_name, directory, relative, pattern, chosen),
    )


def list_migrations(settings: MigrationSettings) -> list[Migration]:
    """The migration files in the order they are applied; none if there is no folder."""
    prefix = _prefix(settings.relative_directory)
    inner = settings.pattern.removeprefix(prefix)
    names = _files(settings.directory, "", inner)
    ordered = sorted(names, key=cmp_to_key(_compare_paths))
    return [Migration(name, settings.directory / name) for name in ordered]


def normalised(path: str) -> str:
    """The path with forward slashes and without `.`, `..` and a last slash."""
    text = posixpath.normpath(path.replace("\\", "/"))
    # Node makes one slash of two at the start; Python keeps them.
    return f"/{text.lstrip('/')}" if text.startswith("//") else text


def _prefix(directory: str) -> str:
    return "" if directory == "." else f"{directory}/"


def _contradiction(
    file_name: str,
    directory: str | None,
    relative: str,
    pattern: str | None,
    chosen: str,
) -> str | None:
    if pattern is None:
        return None
    if directory is None:
        return (
            f'You have set `migrations_pattern: "{pattern}"` in your {file_name} file'
            " but have not set `migrations_dir` for this D1 binding.\n\n"
            "When `migrations_pattern` is set, `migrations_dir` must also be set, and"
            " `migrations_pattern` must start with `${migrations_dir}/`. Add a"
            f" `migrations_dir` entry to your {file_name} file (for example,"
            ' `"migrations_dir": "migrations"`).'
        )
    if chosen.startswith(_prefix(relative)):
        return None
    example = normalised(f"{relative}/*.sql")
    return (
        f'The configured `migrations_pattern: "{pattern}"` in your {file_name} file'
        f" must start with `{relative}/` to match"
        f' `"migrations_dir": "{relative}"`.\n\n'
        f"Either change `migrations_pattern` so it starts with `{relative}/` (for"
        f' example, `"{example}"`), or change `migrations_dir` to match the start of'
        " your pattern."
    )


def _files(folder: Path, relative: str, pattern: str) -> Iterator[str]:
    try:
        entries = list(os.scandir(folder))
    except (OSError, ValueError):
        return
    for entry in entries:
        name = f"{relative}/{entry.name}" if relative else entry.name
        # Like Node's directory entries: links are neither files nor folders.
        if entry.is_dir(follow_symlinks=False):
            if may_hold_matches(pattern, name):
                yield from _files(Path(entry.path), name, pattern)
        elif entry.is_file(follow_symlinks=False) and matches(pattern, name):
            yield name


def _compare_paths(first: str, second: str) -> int:
    ours, theirs = first.split("/"), second.split("/")
    for our, their in zip(ours, theirs, strict=False):
        if order := _compare_segments(our, their):
            return order
    return len(ours) - len(theirs)


def _compare_segments(first: str, second: str) -> int:
    our, their = _leading_number(first), _leading_number(second)
    if our != their:
        if our is None:
            return 1
        return -1 if their is None else our - their
    ours, theirs = _utf16(first), _utf16(second)
    return (ours > theirs) - (ours < theirs)


def _leading_number(segment: str) -> int | None:
    found = _LEADING_NUMBER.match(segment.split("_")[0])
    return int(found[1][:400]) if found else None


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-be", "surrogatepass")
