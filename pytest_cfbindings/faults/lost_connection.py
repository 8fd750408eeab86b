"""The error that every product can give: the network between it and the Worker."""

from typing import Final

from .catalogue import Known

LOST_CONNECTION: Final = Known(
    "connection lost",
    "Network connection lost.",
    "workerd 1.20260730, of a connection that breaks",
    "measured",
    flags=("retryable",),
)
