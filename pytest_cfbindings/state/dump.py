"""Dumps of bindings, and putting full ones back."""

from collections.abc import Mapping, Sequence
from typing import Any

from .contents import Contents, Shape
from .dump_log import Dump, DumpLog
from .errors import RestoreError


def dump(
    contents: Mapping[str, Contents], names: Sequence[str], shape: Shape, log: DumpLog
) -> dict[str, Any]:
    """What the bindings of these names hold; all, if there are none.

    A single one is not shown by its name, unless the dump is full. Raises TypeError
    for a binding that has no storage.
    """
    for name in names:
        if name not in contents:
            raise TypeError(f"cf.dump(): {name} has no storage that can be dumped")
    if len(names) == 1 and not shape.full:
        return _dump_of_one(names[0], contents[names[0]], shape, log)
    chosen = {name: contents[name] for name in names or contents}
    return _dump_by_binding(chosen, shape, log)


def _dump_by_binding(
    contents: Mapping[str, Contents], shape: Shape, log: DumpLog
) -> dict[str, Any]:
    """What each of these holds, by the name of its binding."""
    value: dict[str, Any] = {name: held.dump(shape) for name, held in contents.items()}
    keys = {name: held.row_keys() for name, held in contents.items()}
    log.add(Dump(value, None, keys))
    return value


def _dump_of_one(
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
        raise RestoreError(
            f"{type(dump).__name__} is no dump: cf.restore takes what"
            " cf.dump(full=True) makes"
        )
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
