"""An R2 bucket in dumps and seeds."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..r2.bucket import R2Bucket
from ..r2.errors import Refused
from ..r2.records import Pending, Stored
from ..r2.service import Service, check_key
from .contents import Keys, Shape
from .errors import RestoreError, SeedError
from .r2_local_state import local_objects
from .r2_records import dumped_object, loaded_object
from .r2_seed import PlannedObject, read_folder, read_objects
from .r2_uploads import UPLOADS, dumped_upload, loaded_uploads

if TYPE_CHECKING:
    from .local_state import LocalState


class R2Contents:
    """`{key: {"body", "size", "etag", "http_metadata", "custom_metadata"}}`.

    A key for which uploads are in progress has them under "uploads", and nothing else
    if there is no object.
    """

    def __init__(self, name: str, service: Service, store: str) -> None:
        self._name = name
        self._service = service
        self.storage = ("r2", store)
        self.origin = service.store

    @classmethod
    def behind(cls, binding: object, store: str) -> "R2Contents":
        """Those of a binding; `store` is what local storage is keyed by."""
        assert isinstance(binding, R2Bucket)
        return cls(binding.binding, binding.service, store)

    @property
    def touched(self) -> bool:
        return self._service.store.touched

    def dump(self, shape: Shape) -> dict[str, Any]:
        found = {
            key: dumped_object(stored, shape)
            for key, stored in self._service.store.objects().items()
        }
        pending = self._service.store.pending()
        for upload in pending:
            entry = found.setdefault(upload.key, {})
            entry.setdefault(UPLOADS, []).append(dumped_upload(upload, shape))
        return dict(sorted(found.items())) if pending else found

    def row_keys(self) -> Keys:
        return {}

    def loading(self, dumped: Any) -> Callable[[], None]:
        if not isinstance(dumped, Mapping):
            raise RestoreError(f"{self._name} is {dumped!r}, which is no dump of R2")
        objects: dict[str, Stored] = {}
        uploads: list[Pending] = []
        for key, shown in dumped.items():
            place = f"{self._name}[{key!r}]"
            if not isinstance(key, str):
                raise RestoreError(f"{place}: a key is text")
            try:
                check_key(key)
                pending, rest = loaded_uploads(key, shown)
                uploads += pending
                if rest or not pending:
                    objects[key] = loaded_object(key, rest)
            except (Refused, ValueError) as error:
                raise RestoreError(f"{place}: {error}") from None
        uploads.sort(key=lambda upload: upload.started_ms)
        return lambda: self._service.store.replace(objects, uploads)

    def seed(self, data: Any, source: str) -> None:
        self._put(read_objects(data, source))

    def seed_file(self, path: Path, source: str) -> None:
        self._put(read_folder(path, source))

    def _put(self, planned: list[PlannedObject]) -> None:
        """All of them, or none if one is refused."""
        begun = Service(self._service.store.at_start())
        for target in (begun, self._service):
            for item in planned:
                try:
                    target.put(item.key, item.body, item.metadata)
                except Refused as refused:
                    raise SeedError(f"{item.place}: {refused}") from None

    def seed_local_state(self, state: "LocalState") -> None:
        objects = local_objects(state, self.storage[1])
        store = self._service.store
        store.replace({**store.objects(), **objects})

    def at_start(self) -> "R2Contents":
        return R2Contents(self._name, self._service.at_start(), self.storage[1])

    def draft(self) -> "R2Draft":
        return R2Draft(self._name, self._service.draft(), self.storage[1])

    @property
    def template(self) -> Mapping[str, Stored]:
        return self._service.store.template

    @template.setter
    def template(self, image: Mapping[str, Stored]) -> None:
        self._service.store.template = image


class R2Draft(R2Contents):
    """Objects that tests will begin with."""

    def image(self) -> Mapping[str, Stored]:
        return self._service.store.objects()
