"""Recorded cases that get another answer than real Pyodide's, and why.

The tests expect these to fail: a case that is mended has to leave the list.
"""

from fnmatch import fnmatchcase
from importlib.metadata import version

DIFFERENCES: dict[str, tuple[str, ...]] = {
    "JsNull is JSON null only to the json module of Pyodide's Python": (
        "js to python: jsnull json.dumps",
    ),
}


# The cases named "sdk ..." were recorded with 1.9.5.
OLDER_SDKS: dict[tuple[int, ...], tuple[str, ...]] = {
    (1, 7, 0): ("sdk types: Request bytes body",),
    (1, 8, 0): ("sdk types: Response headers type",),
}
"""The first version of the SDK that gives the recorded answers to these cases."""


def reason(name: str) -> str | None:
    """Why a case is expected to differ; None if it is expected to agree."""
    for why, names in DIFFERENCES.items():
        if any(fnmatchcase(name, pattern) for pattern in names):
            return why
    installed = version("workers-runtime-sdk")
    for first, names in OLDER_SDKS.items():
        if name in names and tuple(map(int, installed.split("."))) < first:
            return f"SDK {installed} gives another answer"
    return None
