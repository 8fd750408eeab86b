"""Recorded cases that get another answer than real Pyodide's, and why.

The tests expect these to fail: a case that is mended has to leave the list.
"""

from fnmatch import fnmatchcase
from importlib.metadata import version

DIFFERENCES: dict[str, tuple[str, ...]] = {
    "A Date is made of milliseconds or another Date only": (
        "js module: js.Date from a datetime passed as is",
        "js module: js.Date.new from iso",
    ),
    "A PyProxy has no methods of its own yet, such as toJs, set and callKwargs": (
        "PyProxy in JavaScript: call with keyword dict",
        "PyProxy in JavaScript: set item through set",
        "PyProxy in JavaScript: toJs of a dict",
        "buffer: create_proxy getBuffer",
    ),
    "A PythonError's message shows the frames of this package as well": (
        "call: Python raises through a JavaScript async function",
        "promise: a failing coroutine passed to JavaScript",
        "promise: then with a raising callback",
    ),
    "A double proxy has no protocols of the object behind it": (
        "proxy: attribute of a dict proxy",
        "proxy: of a JsProxy",
        "proxy: of a str",
        "proxy: roundtrip",
        "to_js: the result of a function",
    ),
    "AbortController and AbortSignal are not there yet": (
        "js module: js.AbortController",
        "sdk DO-like: stub fetch",
        "sdk DO-like: stub fetch with a Request",
    ),
    "JsNull is JSON null only to the json module of Pyodide's Python": (
        "js to python: jsnull json.dumps",
    ),
    "Proxies that an iterator lends do not die when it is exhausted": (
        "array: Array.from_ a dict's items",
        "promise: Promise.all of coroutines",
    ),
    "PyodideFuture has no repr like that of a Future of Pyodide's event loop": (
        "promise: create_task",
    ),
    "Python coroutines become promises on their way to JavaScript": (
        "call: Python coroutine seen from JavaScript",
        "promise: a failing coroutine caught in JavaScript",
        "promise: cancelled future passed to JavaScript",
    ),
    "Python words the message for a missing argument, and names it": (
        "to_js: no argument",
    ),
    "Reflect is not there yet": ("js module: js.Reflect.ownKeys",),
    "String objects are no Arrays here": (
        "array-like: string object",
        "js to python: boxed string",
    ),
    "Synchronous iterators are no asynchronous ones here": ("duck: next: kinds",),
    "The entrypoint helper is a module, whose messages name it": (
        "sdk types: patch_env",
    ),
    "The interpreter's WeakMap is a Map": ("js to python: WeakMap",),
    "Typed arrays have no static `of` yet": ("buffer: Int16Array.of str",),
    "WritableStream, TransformStream and the stream constructor are not there yet": (
        "js module: ReadableStream from a Python pull",
        "js module: js.TransformStream",
    ),
    "pyfetch passes the address on as it is, without an AbortSignal": (
        "helpers: pyfetch fetcher that rejects",
        "helpers: pyfetch with a fetcher",
    ),
    "run_sync is not there yet": (
        "promise: can_run_sync",
        "promise: run_sync raises",
        "sdk types: import_from_javascript unknown",
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
