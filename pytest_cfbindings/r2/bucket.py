"""R2Bucket: the binding, as the runtime offers it to a Worker."""

from dataclasses import dataclass

from ..calls import CallLog
from ..cursors import issue_cursor, read_cursor
from ..global_scope import GlobalScope
from ..javascript.arguments import (
    warn_of_object_as_text,
    warn_of_surplus,
    wrong_parameter,
)
from ..javascript.arrays import JsArray
from ..javascript.errors import error
from ..javascript.objects import JsObject, PropertyKey, method
from ..javascript.promises import JsPromise
from ..javascript.values import null, undefined
from ..web.readable_streams import ReadableStream
from .encryption import check_key
from .errors import thrown_by
from .fields import text
from .objects import CUSTOM_METADATA, HTTP_METADATA, GetResult, HeadResult
from .options import (
    BUCKET,
    GetOptions,
    ListOptions,
    PutOptions,
    read_multipart_options,
)
from .service import Listed, Service
from .upload import R2MultipartUpload
from .values import read_stream, read_value, used_up

_EVERYTHING = frozenset((HTTP_METADATA, CUSTOM_METADATA))


@dataclass(frozen=True, slots=True)
class Shape:
    """What compatibility flags change.

    `explicit` is `enable_fast_jsg_struct`: unset fields are there, as undefined.
    `honors_include` is `r2_list_honor_include`: without it list shows all metadata.
    """

    explicit: bool = True
    honors_include: bool = True


class R2Bucket(JsObject):
    """An R2 bucket. Methods take and return JavaScript values.

    What a method refuses is a rejection, never raised at the call; it does its work
    when it is called (measured on workerd).
    """

    __slots__ = ("_scope", "_service", "_shape", "binding", "calls")

    class_name = "R2Bucket"

    def __init__(
        self, binding: str, service: Service, scope: GlobalScope, shape: Shape
    ) -> None:
        super().__init__()
        self.binding = binding
        self.calls = CallLog()
        self._service = service
        self._scope = scope
        self._shape = shape

    def __repr__(self) -> str:
        return f"<R2Bucket {self.binding}: {self._service!r}>"

    @property
    def service(self) -> Service:
        """What answers, and what a test looks into."""
        return self._service

    @method
    def head(self, *arguments: object) -> JsPromise:
        self._record("head", arguments, 1)
        return JsPromise.attempt(lambda: self._head(arguments))

    def _head(self, arguments: tuple[object, ...]) -> object:
        key = _key(arguments, "head")
        self._scope.check()
        with thrown_by("head"):
            found = self.calls.perform("head", lambda: self._service.get(key))
        if found is None:
            return null
        whole = (0, found.record.size)
        return HeadResult(found.record, self._shape.explicit, whole)

    @method
    def get(self, *arguments: object) -> JsPromise:
        self._record("get", arguments, 2)
        return JsPromise.attempt(lambda: self._get(arguments))

    def _get(self, arguments: tuple[object, ...]) -> object:
        key = _key(arguments, "get")
        options = GetOptions.read(arguments[1] if len(arguments) > 1 else undefined)
        condition, chosen, ssec_key_md5 = options.checked()
        self._scope.check()
        with thrown_by("get"):
            found = self.calls.perform("get", lambda: self._service.get(key))
            if found is None:
                return null
            record, size = found.record, found.record.size
            check_key("get", record, ssec_key_md5)
            if condition is not None and not condition.holds(record):
                return HeadResult(record, self._shape.explicit, (0, size))
            delivered = (0, size) if chosen is None else chosen.within(size)
        offset, length = delivered
        data = found.data if length == size else found.data[offset : offset + length]
        return GetResult(record, data, self._shape.explicit, delivered)

    @method
    def put(self, *arguments: object) -> JsPromise:
        self._record("put", arguments, 3)
        return JsPromise.run(self._put(arguments))

    async def _put(self, arguments: tuple[object, ...]) -> object:
        key = _key(arguments, "put")
        value = read_value(arguments, "put", BUCKET, null_is_empty=True)
        options = PutOptions.read(arguments[2] if len(arguments) > 2 else undefined)
        with used_up(value):
            condition, checksum, metadata = options.checked()
            self._scope.check()
        if isinstance(value, ReadableStream):
            value = await read_stream(value)
        checksums = () if checksum is None else (checksum,)
        with thrown_by("put"):
            record = self.calls.perform(
                "put",
                lambda: self._service.put(key, value, metadata, checksums, condition),
            )
        return null if record is None else HeadResult(record, self._shape.explicit)

    @method
    def delete(self, *arguments: object) -> JsPromise:
        self._record("delete", arguments, 1)
        return JsPromise.attempt(lambda: self._delete(arguments))

    def _delete(self, arguments: tuple[object, ...]) -> None:
        if not arguments:
            raise wrong_parameter("delete", BUCKET, 1, "string or Array")
        given = arguments[0]
        keys = given.items if isinstance(given, JsArray) else [given]
        names = [text(key) for key in keys]
        self._scope.check()
        with thrown_by("delete"):
            self.calls.perform("delete", lambda: self._service.delete(names))

    @method
    def list(self, *arguments: object) -> JsPromise:
        self._record("list", arguments, 1)
        return JsPromise.attempt(lambda: self._list(arguments))

    def _list(self, arguments: tuple[object, ...]) -> JsObject:
        options = ListOptions.read(arguments[0] if arguments else undefined)
        self._scope.check()
        shows = options.include if self._shape.honors_include else _EVERYTHING
        after = _after(options)

        def listed() -> Listed:
            return self._service.list(
                options.limit, options.prefix, options.delimiter, after, bool(shows)
            )

        with thrown_by("list"):
            page = self.calls.perform("list", listed)
        return self._page(page, shows)

    def _page(self, page: Listed, shows: frozenset[str]) -> JsObject:
        explicit = self._shape.explicit
        result: dict[PropertyKey, object] = {
            "objects": JsArray(
                HeadResult(record, explicit, None, shows) for record in page.records
            ),
            "truncated": page.last is not None,
        }
        if page.last is not None:
            result["cursor"] = issue_cursor("r2", page.last)
        elif explicit:
            result["cursor"] = undefined
        result["delimitedPrefixes"] = JsArray(page.prefixes)
        return JsObject(result)

    @method
    def createMultipartUpload(self, *arguments: object) -> JsPromise:
        self._record("createMultipartUpload", arguments, 2)
        return JsPromise.attempt(lambda: self._create_upload(arguments))

    def _create_upload(self, arguments: tuple[object, ...]) -> R2MultipartUpload:
        action = "createMultipartUpload"
        key = _key(arguments, action)
        given = arguments[1] if len(arguments) > 1 else undefined
        metadata = read_multipart_options(given).checked(action)
        self._scope.check()
        with thrown_by(action):
            upload_id = self.calls.perform(
                action, lambda: self._service.create_upload(key, metadata)
            )
        return self._upload(key, upload_id)

    @method
    def resumeMultipartUpload(self, *arguments: object) -> R2MultipartUpload:
        self._record("resumeMultipartUpload", arguments, 2)
        key = _key(arguments, "resumeMultipartUpload")
        if len(arguments) < 2:
            raise wrong_parameter("resumeMultipartUpload", BUCKET, 2, "string")
        return self._upload(key, text(arguments[1]))

    def _upload(self, key: str, upload_id: str) -> R2MultipartUpload:
        return R2MultipartUpload(
            key,
            upload_id,
            self._service,
            self._scope,
            self._shape.explicit,
            self.calls,
        )

    def _record(self, name: str, arguments: tuple[object, ...], takes: int) -> None:
        self.calls.record(name, arguments)
        warn_of_surplus(f"R2 {name}", arguments, takes)
        if arguments and name != "list":
            warn_of_object_as_text(f"R2 {name}", arguments[0], "key")


def _key(arguments: tuple[object, ...], operation: str) -> str:
    if not arguments:
        raise wrong_parameter(operation, BUCKET, 1, "string")
    return text(arguments[0])


def _after(options: ListOptions) -> str | None:
    """The later one of cursor and startAfter.

    Raises a JavaScript Error for a cursor that is none: local workerd lists from
    some place then, and what production does is not known.
    """
    if not options.cursor:
        return options.start_after
    last = read_cursor("r2", options.cursor)
    if last is None:
        raise error(
            f"list: {options.cursor!r} is no cursor that list() of R2 returned."
        )
    return last if options.start_after is None else max(last, options.start_after)
