"""The errors of D1, behind `D1_ERROR: `."""

from typing import Final

from .catalogue import Known, Product

_DEBUG = "https://developers.cloudflare.com/d1/observability/debug-d1/#error-list"

D1: Final = Product(
    "D1",
    ("all", "run", "first", "raw", "batch", "exec"),
    (
        Known("connection lost", "Network connection lost.", _DEBUG),
        Known("code updated", "D1 DB reset because its code was updated.", _DEBUG),
        Known(
            "starting up",
            "Internal error while starting up D1 DB storage caused object to be reset.",
            _DEBUG,
            refused=True,
        ),
        Known(
            "internal error",
            "Internal error in D1 DB storage caused object to be reset.",
            _DEBUG,
        ),
        Known(
            "storage timeout",
            "D1 DB storage operation exceeded timeout which caused object to be reset.",
            _DEBUG,
        ),
        Known(
            "unreachable",
            "Cannot resolve D1 DB due to transient issue on remote node.",
            _DEBUG,
            refused=True,
        ),
        Known(
            "client disconnected",
            "Can't read from request stream because client disconnected.",
            _DEBUG,
            refused=True,
        ),
        Known(
            "overloaded",
            "D1 DB is overloaded. Requests queued for too long.",
            _DEBUG,
            refused=True,
        ),
        Known(
            "too many queued",
            "D1 DB is overloaded. Too many requests queued.",
            _DEBUG,
            refused=True,
        ),
        Known(
            "memory limit",
            "D1 DB's isolate exceeded its memory limit and was reset.",
            _DEBUG,
        ),
        Known("cpu limit", "D1 DB exceeded its CPU time limit and was reset.", _DEBUG),
    ),
)
