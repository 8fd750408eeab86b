"""Recorded cases that get another answer than real Pyodide's, and why.

The tests expect these to fail: a case that is mended has to leave the list.
"""

from fnmatch import fnmatchcase

DIFFERENCES: dict[str, tuple[str, ...]] = {
    "JsNull is JSON null only to the json module of Pyodide's Python": (
        "js to python: jsnull json.dumps",
    ),
    "run_sync does not wait yet": ("promise: can_run_sync",),
}


def reason(name: str) -> str | None:
    """Why a case is expected to differ; None if it is expected to agree."""
    for why, names in DIFFERENCES.items():
        if any(fnmatchcase(name, pattern) for pattern in names):
            return why
    return None
