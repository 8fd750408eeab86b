"""The folder in which `wrangler dev` keeps its storage: `.wrangler/state/v3`.

Measured on wrangler 4.164. Nothing in it is changed: each database is copied, with the
write-ahead log that a running or killed `wrangler dev` leaves, before it is opened.
"""

import re
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from ..durable_objects.ids import IdFactory
from .errors import SeedError

_CLASSES = {
    "kv": "miniflare-KVNamespaceObject",
    "d1": "miniflare-D1DatabaseObject",
    "r2": "miniflare-R2BucketObject",
}
_FORBIDDEN = re.compile("[?<>*\"'^/\\\\:|\x00-\x1f\x80-\x9f]")
_DOTS_ALONE = re.compile(r"(?<![^/\\])\.+(?![^/\\])")
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_OUTER_SPACE = re.compile("^ +| +$")
_NAME_LENGTH = 255


class LocalState:
    """The stores in one such folder, by what the configuration keys them by."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def at(cls, path: Path) -> "LocalState | None":
        """The one that a path means: `.wrangler`, `state` in it, or `v3` in that."""
        for folder in (path, path / "v3", path / "state" / "v3"):
            if any((folder / kind / name).is_dir() for kind, name in _CLASSES.items()):
                return cls(folder)
        return None

    def database(self, product: str, store: str) -> Path:
        """The database file of a store, which need not exist."""
        name = IdFactory(_CLASSES[product]).from_name(store).digits
        return self._folder / product / _CLASSES[product] / f"{name}.sqlite"

    def has(self, kind: str, store: str) -> bool:
        """Whether anything was ever kept for a store; `kind` may be another product."""
        return kind in _CLASSES and self.database(kind, store).exists()

    def image(self, kind: str, store: str) -> bytes:
        """The whole database of a D1 binding. Raises Unbuildable for none."""
        from ..sqlite.rebuilding import image_of_file

        with tempfile.TemporaryDirectory() as folder:
            return image_of_file(
                copy_database(self.database(kind, store), Path(folder))
            )

    def rows(self, product: str, store: str, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query on a store's database. Raises SeedError."""
        path = self.database(product, store)
        with tempfile.TemporaryDirectory() as folder:
            copy = copy_database(path, Path(folder))
            try:
                with closing(sqlite3.connect(copy)) as database:
                    return database.execute(sql).fetchall()
            except sqlite3.Error as error:
                raise SeedError(f"{path}: not as wrangler keeps it: {error}") from None

    def blob(self, product: str, store: str, name: str) -> bytes:
        """The bytes of a value. Raises SeedError if they are not there."""
        path = self._folder / product / folder_name(store) / "blobs" / name
        try:
            return path.read_bytes()
        except OSError as error:
            raise SeedError(f"{path}: cannot be read: {error}") from None


def copy_database(path: Path, folder: Path) -> Path:
    """A copy of a database in another folder, with what its log still holds."""
    for file in (path, path.with_name(path.name + "-wal")):
        if file.exists():
            shutil.copyfile(file, folder / file.name)
    return folder / path.name


def folder_name(store: str) -> str:
    """What miniflare makes of a store's key where it names a folder."""
    name = _FORBIDDEN.sub("_", _DOTS_ALONE.sub(_underscores, store))
    if _DEVICE.fullmatch(name):
        name = "_"
    return _OUTER_SPACE.sub(_underscores, name)[:_NAME_LENGTH]


def _underscores(found: re.Match[str]) -> str:
    return "_" * len(found[0])
