"""The time zone of the runtime: UTC, while a test runs.

The SDK turns JavaScript dates into datetimes of the local zone and back, so that in
any other zone they would differ from production by its offset.
"""

import os
import time

CAN_BE_SET = hasattr(time, "tzset")
"""Not on Windows."""


class UtcTimeZone:
    """Sets the process to UTC, and back to what it was."""

    def __init__(self) -> None:
        self._before: str | None = None
        self._inside = False

    def enter(self) -> None:
        """Be in UTC from now on; nothing happens if that is so already."""
        if self._inside or not CAN_BE_SET:
            return
        self._before = os.environ.get("TZ")
        self._inside = True
        _set("UTC")

    def leave(self) -> None:
        """Be again where `enter` found the process."""
        if self._inside:
            self._inside = False
            _set(self._before)


def _set(zone: str | None) -> None:
    if zone is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = zone
    time.tzset()
