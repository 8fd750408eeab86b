"""Which file is the configuration."""

import os
from pathlib import Path

NAMES = ("wrangler.json", "wrangler.jsonc", "wrangler.toml")


def find(cwd: Path) -> Path | None:
    """The configuration that wrangler would use in the folder `cwd`, absolute.

    Each name is looked for in the folder and all its parents before the next name is
    tried, so a `wrangler.json` far above beats a `wrangler.toml` in the folder itself
    (wrangler 4.164, measured).
    """
    start = absolute(cwd)
    for name in NAMES:
        for folder in (start, *start.parents):
            candidate = folder / name
            if is_file(candidate):
                return candidate
    return None


def absolute(path: Path, base: Path | None = None) -> Path:
    """The path without `.` and `..`; symbolic links stay, as in Node."""
    return Path(os.path.abspath(path if base is None else base / path))


def shown(path: Path, cwd: Path) -> str:
    """The path as messages name it: relative to the working directory."""
    try:
        return os.path.relpath(path, absolute(cwd))
    except ValueError:
        # Windows: the two stand on different drives.
        return str(path)


def is_file(path: Path) -> bool:
    """Whether there is such a file; False for what cannot be looked at."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
