"""The hosts of R2's S3 API."""

from dataclasses import dataclass
from typing import Final

_SUFFIX: Final = ".r2.cloudflarestorage.com"
_JURISDICTIONS: Final = ("eu", "fedramp")


@dataclass(frozen=True, slots=True)
class Host:
    """An account's host; `bucket` is set in virtual-host style."""

    bucket: str | None = None
    jurisdiction: str | None = None


def parse_host(name: str) -> Host | None:
    """The host `<account>[.<jurisdiction>].r2.cloudflarestorage.com`, or None.

    A bucket may stand in front of it.
    """
    name = name.lower().rstrip(".")
    if not name.endswith(_SUFFIX):
        return None
    labels = name[: -len(_SUFFIX)].split(".")
    jurisdiction = labels.pop() if labels[-1] in _JURISDICTIONS else None
    return Host(".".join(labels[:-1]) or None, jurisdiction)
