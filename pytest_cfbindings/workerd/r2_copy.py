"""An R2 bucket of workerd, read and written by its binding."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn

from ..javascript.arrays import JsArray
from ..javascript.buffers import JsArrayBuffer
from ..javascript.dates import JsDate
from ..javascript.objects import JsObject, own_entries
from ..javascript.values import is_nullish
from ..state.contents import Shape
from ..state.stored_bytes import dumped, loaded
from .objects import RemoteObject

_MULTIPART = ("createMultipartUpload", "resumeMultipartUpload")
_INCLUDE = ("httpMetadata", "customMetadata")


class R2Copy:
    """Implements `Copy`. `sharing` are all bindings of the bucket."""

    def __init__(
        self,
        root: Callable[[], RemoteObject],
        sharing: Iterable[Callable[[], RemoteObject]],
        skip: Callable[[str], NoReturn],
    ) -> None:
        self._root = root
        self._sharing = tuple(sharing)
        self._skip = skip

    def check(self, shape: Shape) -> None:
        """Versions and moments cannot be put back, and uploads cannot be listed."""
        if shape.full:
            self._skip(
                "--cf-backend=workerd has no full dump of a bucket: no binding can"
                " give its objects their versions and upload times again"
            )
        called = {
            call.method
            for root in self._sharing
            for call in root().link.binding.calls.calls
        }
        if called.intersection(_MULTIPART):
            self._skip(
                "--cf-backend=workerd has no dump of a bucket with multipart uploads:"
                " no binding can list them, and local etags of parts are random"
            )

    def read(self) -> dict[str, Any]:
        """All objects."""
        found = {}
        options = JsObject({"include": JsArray(_INCLUDE)})
        while True:
            page = self._root().link.result("list", options)
            assert isinstance(page, JsObject)
            listed = page.js_get("objects")
            assert isinstance(listed, JsArray)
            for item in listed.items:
                assert isinstance(item, JsObject)
                key = str(item.js_get("key"))
                found[key] = self._object(key)
            if not page.js_get("truncated"):
                return found
            options.properties["cursor"] = page.js_get("cursor")

    def _object(self, key: str) -> dict[str, Any]:
        found = self._root().link.result("get", key)
        assert isinstance(found, RemoteObject)
        body = found.link.result("arrayBuffer")
        assert isinstance(body, JsArrayBuffer)
        uploaded = found.js_get("uploaded")
        assert isinstance(uploaded, JsDate)
        return {
            "body": dumped(body.to_bytes(), full=True),
            "size": found.js_get("size"),
            "etag": found.js_get("etag"),
            "http_metadata": _http(found.js_get("httpMetadata")),
            "custom_metadata": _texts(found.js_get("customMetadata")),
            "storage_class": "Standard",  # Locally it is empty.
            "ssec_key_md5": None,
            "checksums": {},
            "version": found.js_get("version"),
            "uploaded": int(uploaded.milliseconds),
        }

    def write(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Put what is new, or another."""
        for key, shown in after.items():
            if before.get(key) != shown:
                options = JsObject(
                    {
                        "httpMetadata": _made(shown["http_metadata"]),
                        "customMetadata": _made(shown["custom_metadata"]),
                    }
                )
                body = JsArrayBuffer(loaded(shown["body"]))
                self._root().link.result("put", key, body, options)


def _http(metadata: object) -> dict[str, Any]:
    assert isinstance(metadata, JsObject)
    return {
        name: value.milliseconds if isinstance(value, JsDate) else value
        for name, value in own_entries(metadata)
        if not is_nullish(value)
    }


def _texts(metadata: object) -> dict[str, str]:
    assert isinstance(metadata, JsObject)
    return {name: str(value) for name, value in own_entries(metadata)}


def _made(shown: Mapping[str, Any]) -> JsObject:
    return JsObject(
        {
            name: JsDate(value) if name == "cacheExpiry" else value
            for name, value in shown.items()
        }
    )
