"""The one way in: a path and an environment become a configuration or diagnostics."""

from collections.abc import Mapping
from pathlib import Path

from .discovery import absolute, find
from .model import Loaded


def load(
    path: Path | None,
    *,
    cwd: Path,
    env: str | None = None,
    environ: Mapping[str, str],
) -> Loaded:
    """Read a configuration and one of its environments; never raises.

    `path` is relative to `cwd`; None looks for the file as wrangler does. `env` None
    means `CLOUDFLARE_ENV` from `environ`, and without that the top level, which `""`
    asks for. `environ` is the only source of environment variables.
    """
    file = find(cwd) if path is None else absolute(path, absolute(cwd))
    if file is None:
        return Loaded()
    # A project without a configuration does not pay for its checks.
    from .outcome import Request, outcome

    written = None if path is None else str(path)
    return outcome(Request(file, written, cwd, env, environ))
