"""The errors of Workers KV."""

from typing import Final

from .catalogue import Known, Product
from .lost_connection import LOST_CONNECTION

_LIMITS = "https://developers.cloudflare.com/kv/api/write-key-value-pairs/"
_REPORTED = "production logs"

KV: Final = Product(
    "KV",
    ("get", "getWithMetadata", "put", "delete", "list"),
    (
        Known(
            "internal error", "500 Internal Server Error", _REPORTED, "reported", 500
        ),
        Known(
            "too many requests",
            "429 Too Many Requests",
            _LIMITS,
            code=429,
            refused=True,
        ),
        Known(
            "service unavailable",
            "503 Service Temporarily Unavailable",
            _REPORTED,
            "reported",
            503,
        ),
        Known(
            "unauthorized",
            "401 Unauthorized",
            "production logs of an outage",
            "reported",
            401,
            refused=True,
        ),
        Known(
            "daily limit",
            "limit exceeded for the day.",
            "production logs of the free plan",
            "reported",
            refused=True,
        ),
        LOST_CONNECTION,
    ),
)
