"""What a `scheduled` handler gets."""

from ..javascript.objects import JsObject, method


class ScheduledController(JsObject):
    """One run of a cron trigger; `scheduledTime` is in epoch milliseconds."""

    __slots__ = ("retries",)

    class_name = "ScheduledController"

    def __init__(self, cron: str, scheduled_ms: int) -> None:
        super().__init__()
        self.retries = True
        self.properties = {"cron": cron, "scheduledTime": scheduled_ms}

    @method
    def noRetry(self) -> None:
        self.retries = False
