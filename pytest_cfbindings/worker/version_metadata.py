"""The binding that says which version of the Worker runs."""

from collections.abc import Mapping
from uuid import NAMESPACE_URL, uuid5

from ..clock import Clock
from ..config import Config
from ..javascript.dates import JsDate
from ..javascript.objects import Accessor, JsObject, PropertyKey
from .refusal import UnusableBinding

_FIELDS = ("id", "tag", "timestamp")


class VersionMetadata:
    """`id`, `tag` and `timestamp` of a version that is as old as the test.

    As in local development the tag is empty; the id depends on the Worker's name.
    """

    def __init__(self, config: Config, clock: Clock) -> None:
        self._binding = config.version_metadata
        self._id = str(uuid5(NAMESPACE_URL, config.worker_name))
        self._clock = clock
        self._timestamp: str | None = None

    def __repr__(self) -> str:
        return f"<VersionMetadata {self._id}>"

    @property
    def bindings(self) -> dict[PropertyKey, object]:
        """The binding by its name, if there is one."""
        if self._binding is None:
            return {}
        fields: dict[PropertyKey, object] = {
            "id": self._id,
            "tag": "",
            "timestamp": Accessor(lambda _this: self._created()),
        }
        return {self._binding: JsObject(fields)}

    def _created(self) -> str:
        """When the test first asked, so that no version is newer than a frozen time."""
        if self._timestamp is None:
            self._timestamp = JsDate(self._clock.now_ms()).toISOString()
        return self._timestamp

    def reset(self) -> None:
        """Have the next test meet a new version."""
        self._timestamp = None


def version_metadata(name: str, value: object) -> JsObject:
    """What a test provides instead: some of the fields, which are text.

    Raises UnusableBinding for anything else.
    """
    if not isinstance(value, Mapping) or not all(
        field in _FIELDS and isinstance(text, str) for field, text in value.items()
    ):
        raise UnusableBinding(
            f"env.{name} is version metadata, a dict of texts under"
            f" {', '.join(_FIELDS)}: {value!r} cannot stand there."
        )
    return JsObject({**dict.fromkeys(_FIELDS, ""), **value})
