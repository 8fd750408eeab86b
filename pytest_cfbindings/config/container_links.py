"""Whether containers and Durable Object exports point at each other."""

from .diagnostics import Report
from .durable_object_exports import is_live
from .values import MISSING, Field, Table, Value, is_object, member, members


def check_links(
    report: Report, containers: Field, exports: Field, elsewhere: bool
) -> None:
    """Report links that lead nowhere.

    `elsewhere` says that another environment has containers, so that an environment
    without any is not at fault. Containers themselves are not checked.
    """
    if containers is not MISSING and not isinstance(containers, list):
        return
    if containers is MISSING and elsewhere:
        return
    listed: list[Value] = containers if isinstance(containers, list) else []
    entries: list[Value] = [entry for entry in listed if is_object(entry)]
    classes = _durable_objects(exports)
    _report_repeated(report, entries)
    claims = _claims(report, entries, classes)
    for container in entries:
        _check_container(report, container, classes, claims, entries)


def _durable_objects(exports: Field) -> Table:
    return {
        name: entry
        for name, entry in members(exports).items()
        if member(entry, "type") == "durable-object"
    }


def _repeated(entries: list[Value], key: str) -> list[str]:
    texts = [text for e in entries if isinstance(text := member(e, key), str)]
    return sorted({text for text in texts if texts.count(text) > 1})


def _report_repeated(report: Report, entries: list[Value]) -> None:
    for name in _repeated(entries, "name"):
        report.error(
            f'"containers" contains more than one container named "{name}".'
            " Container names must be unique."
        )
    for name in _repeated(entries, "class_name"):
        report.error(
            f'More than one container is attached to the Durable Object "{name}".'
            " A Durable Object can only have one container attached to it."
        )


def _claims(
    report: Report, entries: list[Value], classes: Table
) -> dict[str, list[str]]:
    """The live classes that name each container."""
    names = [member(entry, "name") for entry in entries]
    claims: dict[str, list[str]] = {}
    for class_name, entry in classes.items():
        container = member(entry, "container")
        if not is_live(entry) or not isinstance(container, str) or not container:
            continue
        if container not in names:
            report.error(
                f'"exports.{class_name}.container" references a container named'
                f' "{container}", but no container with that name is defined in'
                ' "containers".'
            )
        else:
            claims.setdefault(container, []).append(class_name)
    for container, claimants in claims.items():
        if len(claimants) > 1:
            report.error(
                f'The container "{container}" is referenced by more than one Durable'
                f" Object export ({', '.join(claimants)}). A container can only back a"
                " single Durable Object."
            )
    return claims


def _check_container(
    report: Report,
    container: Value,
    classes: Table,
    claims: dict[str, list[str]],
    entries: list[Value],
) -> None:
    name, class_name = member(container, "name"), member(container, "class_name")
    if not isinstance(name, str):
        return
    if class_name is MISSING:
        if not any(member(e, "container") == name for e in classes.values()):
            report.error(
                f'The container "{name}" is not linked to a Durable Object. Either set'
                ' "containers.class_name", or reference this container from a Durable'
                ' Object\'s `exports` entry via its "container" field.'
            )
        return
    if not isinstance(class_name, str) or class_name in _repeated(
        entries, "class_name"
    ):
        return
    _check_class(report, name, class_name, classes, claims.get(name, []))


def _check_class(
    report: Report, name: str, class_name: str, classes: Table, claimants: list[str]
) -> None:
    entry = classes.get(class_name, MISSING)
    named = member(entry, "container")
    start = f'The container "{name}" sets "class_name" to "{class_name}", but '
    end = "A Durable Object and its container must reference each other consistently."
    if isinstance(named, str) and named != name:
        report.error(f'{start}"exports.{class_name}.container" is "{named}". {end}')
    elif len(claimants) == 1 and claimants[0] != class_name:
        report.error(f'{start}"exports.{claimants[0]}.container" references it. {end}')
    elif classes and not is_live(entry):
        report.error(
            f'{start}"exports" has no live "durable-object" entry for "{class_name}".'
        )
    elif named is MISSING and member(entry, "storage") == "legacy-kv":
        report.error(
            f'{start}"exports.{class_name}.storage" is "legacy-kv". Containers are not'
            ' supported on Durable Objects using the "legacy-kv" storage backend.'
        )
