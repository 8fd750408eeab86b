"""The errors of Durable Objects."""

from typing import Final

from .catalogue import Known, Product
from .lost_connection import LOST_CONNECTION

_DOCS = (
    "https://developers.cloudflare.com/durable-objects/observability/troubleshooting/"
)
_LOGS = "production logs"
_OVERLOADED = ("overloaded",)
_RESET = ("durableObjectReset",)

DURABLE_OBJECTS: Final = Product(
    "Durable Objects",
    None,
    (
        LOST_CONNECTION,
        Known(
            "overloaded",
            "Durable Object is overloaded. Too many requests queued.",
            _DOCS,
            refused=True,
            flags=_OVERLOADED,
        ),
        Known(
            "too much data queued",
            "Durable Object is overloaded. Too much data queued.",
            _DOCS,
            refused=True,
            flags=_OVERLOADED,
        ),
        Known(
            "queued too long",
            "Durable Object is overloaded. Requests queued for too long.",
            _DOCS,
            refused=True,
            flags=_OVERLOADED,
        ),
        Known(
            "too many requests",
            "Durable Object is overloaded. Too many requests for the same object within"
            " a 10 second window.",
            _DOCS,
            refused=True,
            flags=_OVERLOADED,
        ),
        Known(
            "account overloaded",
            "Your account is generating too much load on Durable Objects. Please back"
            " off and try again later.",
            _DOCS,
            refused=True,
            flags=_OVERLOADED,
        ),
        Known(
            "unreachable",
            "Cannot resolve Durable Object due to transient issue on remote node.",
            _LOGS,
            "reported",
            refused=True,
        ),
        Known(
            "code updated",
            "Durable Object reset because its code was updated.",
            _DOCS,
            flags=("retryable", "durableObjectReset"),
            end="reset",
        ),
        Known(
            "shut down",
            "Connection closed: this Durable Object instance is no longer active."
            " Reconnect or retry the request.",
            _DOCS,
            flags=_RESET,
            end="reset",
        ),
        Known(
            "memory limit",
            "Durable Object's isolate exceeded its memory limit and was reset.",
            _LOGS,
            "reported",
            flags=("overloaded", "durableObjectReset", "remote"),
            end="reset",
        ),
        Known(
            "cpu limit",
            "Durable Object exceeded its CPU time limit and was reset.",
            _LOGS,
            "reported",
            flags=("durableObjectReset", "remote"),
            end="reset",
        ),
        Known(
            "failed commit",
            "Internal error in Durable Object storage write caused object to be reset;"
            " reference = pytest0cfbindings0fault0",
            "workerd, which makes up a reference each time",
            "source",
            flags=_RESET,
            end="commit",
        ),
        Known(
            "storage timeout",
            "Durable Object storage operation exceeded timeout which caused object to"
            " be reset.",
            _DOCS,
            flags=("overloaded", "durableObjectReset"),
            end="commit",
        ),
    ),
    ("alarm", "webSocketMessage", "webSocketClose", "webSocketError"),
)
