"""The errors of R2, behind the method's name and before their number."""

from typing import Final

from .catalogue import Known, Product
from .lost_connection import LOST_CONNECTION

_CODES = "https://developers.cloudflare.com/r2/api/error-codes/"

R2: Final = Product(
    "R2",
    (
        "head",
        "get",
        "put",
        "delete",
        "list",
        "createMultipartUpload",
        "uploadPart",
        "complete",
        "abort",
    ),
    (
        Known(
            "internal error",
            "We encountered an internal error. Please try again.",
            f"{_CODES} and workerd",
            code=10001,
        ),
        Known(
            "too many requests",
            "Reduce your concurrent request rate for the same object.",
            f"{_CODES} for the number; production logs",
            "reported",
            10058,
            refused=True,
        ),
        Known(
            "service unavailable",
            "Service is temporarily unavailable.",
            f"{_CODES} for the number and what it means",
            "unknown",
            10043,
        ),
        Known(
            "client disconnected",
            "Client disconnected before request completed.",
            f"{_CODES} for the number and what it means",
            "unknown",
            10054,
            refused=True,
        ),
        LOST_CONNECTION,
    ),
)
