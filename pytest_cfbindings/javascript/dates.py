"""Date. Milliseconds since the epoch, shown in UTC as workerd does."""

import datetime
import math

from .errors import range_error
from .objects import JsObject, method
from .values import null

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_LAST = 8.64e15


class JsDate(JsObject):
    """A JavaScript Date; `milliseconds` is integral, or NaN for an invalid date."""

    __slots__ = ("milliseconds",)

    class_name = "Date"

    def __init__(self, milliseconds: float) -> None:
        super().__init__()
        valid = math.isfinite(milliseconds) and abs(milliseconds) <= _LAST
        self.milliseconds: float = math.trunc(milliseconds) if valid else math.nan

    def js_to_number(self) -> float:
        """Number(date)."""
        return self.milliseconds

    def js_to_string(self) -> str:
        if math.isnan(self.milliseconds):
            return "Invalid Date"
        return self._moment().strftime(
            "%a %b %d %Y %H:%M:%S GMT+0000 (Coordinated Universal Time)"
        )

    def _moment(self) -> datetime.datetime:
        return _EPOCH + datetime.timedelta(milliseconds=self.milliseconds)

    @method
    def getTime(self) -> float:
        return self.milliseconds

    @method
    def valueOf(self) -> float:
        return self.milliseconds

    @method
    def toISOString(self) -> str:
        if math.isnan(self.milliseconds):
            raise range_error("Invalid time value")
        moment = self._moment()
        return f"{moment:%Y-%m-%dT%H:%M:%S}.{int(self.milliseconds) % 1000:03d}Z"

    @method
    def toJSON(self) -> object:
        return null if math.isnan(self.milliseconds) else self.toISOString()
