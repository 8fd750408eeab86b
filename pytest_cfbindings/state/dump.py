"""Dumps of bindings, and putting full ones back."""

from collections.abc import Mapping
from typing import Any

from .contents import Contents, Shape
from .dump_log import Dump, DumpLog
from .errors import RestoreError


def dump_by_binding(
    contents: Mapping[str, Contents], shape: Shape, log: DumpLog
) -> dict[str, Any]:
    """What each of these holds, by the name of its binding."""
    value: dict[str, Any] = {name: held.dump(shape) for name, held in contents.items()}
    keys = {name: held.row_keys() for name, held in contents.items()}
    log.add(Dump(value, None, keys))
    return value


def dump_of_one(
    name: str, contents: Contents, shape: Shape, log: DumpLog
) -> dict[str, Any]:
    """What one binding holds."""
    value = contents.dump(shape)
    log.add(Dump(value, name, {name: contents.row_keys()}))
    return value


def restore(contents: Mapping[str, Contents], dump: Any) -> None:
    """Put a dump by binding back: the bindings in it hold what it shows, nothing else.

    Raises RestoreError, and changes nothing then.
    """
    if not isinstance(dump, Mapping):
        raise RestoreError(f"{type(dump).__name__} is no dump")
    for name in dump:
        if name not in contents:
            raise RestoreError(
                f"{name!r} is no binding with storage here (there are"
                f" {', '.join(contents) or 'none'}); cf.restore takes a dump by"
                " binding, as cf.dump(full=True) makes it"
            )
    _check_shared_stores(contents, dump)
    loads = [contents[name].loading(shown) for name, shown in dump.items()]
    for load in loads:
        load()


def _check_shared_stores(contents: Mapping[str, Contents], dump: Any) -> None:
    owners: dict[tuple[str, str], str] = {}
    for name in dump:
        first = owners.setdefault(contents[name].storage, name)
        if dump[first] != dump[name]:
            raise RestoreError(
                f"{first} and {name} have one store, and the dump shows different"
                " contents"
            )
