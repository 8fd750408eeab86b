"""The error that every product can give: the network between it and the Worker."""

from typing import Final

from .catalogue import Known

LOST_CONNECTION: Final = Known(
    "connection lost",
    "Network connection lost.",
    "workerd: what it says of any connection that breaks",
    "source",
    flags=("retryable",),
)
