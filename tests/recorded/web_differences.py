"""Where web classes answer otherwise than workerd, and why."""

REASONS = {
    "headers name beyond ascii kept": (
        "workerd lowers such a name byte by byte, which leaves no valid text of it"
    ),
    "stream closed rejects": "`closed` follows the stream as far as it was read",
}
