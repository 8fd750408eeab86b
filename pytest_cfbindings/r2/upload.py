"""R2MultipartUpload: an object that is uploaded in parts."""

from collections.abc import Sequence

from ..calls import CallLog
from ..global_scope import GlobalScope
from ..javascript.arguments import warn_of_surplus, wrong_parameter
from ..javascript.arrays import JsArray
from ..javascript.errors import error, type_error
from ..javascript.numeric import to_int32_checked
from ..javascript.objects import JsObject, getter, method
from ..javascript.promises import JsPromise
from ..javascript.values import is_nullish, undefined
from ..limits import R2_PARTS
from ..web.readable_streams import ReadableStream
from .encryption import key_digest
from .errors import thrown_by
from .fields import text
from .objects import HeadResult
from .options import UPLOAD, read_part_options
from .part_rules import Named
from .service import Service
from .values import read_stream, read_value


class R2MultipartUpload(JsObject):
    """An upload by its key and id, whether or not the bucket knows such a one."""

    __slots__ = ("_calls", "_explicit", "_key", "_scope", "_service", "_upload_id")

    class_name = "R2MultipartUpload"

    def __init__(
        self,
        key: str,
        upload_id: str,
        service: Service,
        scope: GlobalScope,
        explicit: bool,
        calls: CallLog,
    ) -> None:
        super().__init__()
        self._key = key
        self._upload_id = upload_id
        self._service = service
        self._scope = scope
        self._explicit = explicit
        self._calls = calls

    @getter
    def key(self) -> str:
        return self._key

    @getter
    def uploadId(self) -> str:
        return self._upload_id

    @method
    def uploadPart(self, *arguments: object) -> JsPromise:
        warn_of_surplus("R2 uploadPart", arguments, 3)
        return JsPromise.run(self._upload_part(arguments))

    async def _upload_part(self, arguments: tuple[object, ...]) -> JsObject:
        if not arguments:
            raise wrong_parameter("uploadPart", UPLOAD, 1, "integer")
        number = to_int32_checked(arguments[0])
        value = read_value(arguments, "uploadPart", UPLOAD, null_is_empty=False)
        given = arguments[2] if len(arguments) > 2 else undefined
        ssec_key = read_part_options(given)
        _check_number(number)
        ssec_key_md5 = key_digest(ssec_key)
        self._scope.check()
        if isinstance(value, ReadableStream):
            value = await read_stream(value)
        upload = self._key, self._upload_id
        with thrown_by("uploadPart"):
            metadata = self._service.upload_metadata(*upload)
            if metadata.ssec_key_md5 != ssec_key_md5:
                # Local workerd ignores the key; production's text is not known.
                raise error(
                    "uploadPart: The ssecKey of a part has to be the one that"
                    f" createMultipartUpload was given for {self._key!r}."
                )
            etag = self._calls.perform(
                "uploadPart", lambda: self._service.upload_part(*upload, number, value)
            )
        return JsObject({"partNumber": number, "etag": etag})

    @method
    def abort(self, *arguments: object) -> JsPromise:
        warn_of_surplus("R2 abort", arguments, 0)
        return JsPromise.attempt(self._abort)

    def _abort(self) -> None:
        self._scope.check()
        with thrown_by("abortMultipartUpload"):
            self._calls.perform(
                "abort",
                lambda: self._service.abort_upload(self._key, self._upload_id),
            )

    @method
    def complete(self, *arguments: object) -> JsPromise:
        warn_of_surplus("R2 complete", arguments, 1)
        return JsPromise.attempt(lambda: self._complete(arguments))

    def _complete(self, arguments: tuple[object, ...]) -> HeadResult:
        named = arguments[0] if arguments else undefined
        if not isinstance(named, JsArray):
            raise wrong_parameter("complete", UPLOAD, 1, "Array")
        parts = _parts(named.items)
        self._scope.check()
        with thrown_by("completeMultipartUpload"):
            record = self._calls.perform(
                "complete",
                lambda: self._service.complete_upload(
                    self._key, self._upload_id, parts
                ),
            )
        return HeadResult(record, self._explicit)


def _parts(items: Sequence[object]) -> list[Named]:
    """The parts that complete names, read one by one, and then checked."""
    parts = [_part(index, item) for index, item in enumerate(items)]
    for number, _ in parts:
        _check_number(number)
    return parts


def _part(index: int, item: object) -> Named:
    if is_nullish(item):
        raise type_error(
            "Cannot initialize N7workerd3api11public_beta17R2MultipartUpload"
            "12UploadedPartE with required members from an undefined or null value."
        )
    if not isinstance(item, JsObject):
        raise type_error(
            f"Incorrect type for array element {index}: the provided value is not of"
            " type 'UploadedPart'."
        )
    number = to_int32_checked(item.js_get("partNumber"))
    return number, text(item.js_get("etag"))


def _check_number(number: int) -> None:
    most = R2_PARTS.value
    if not 1 <= number <= most:
        raise type_error(
            f"Part number must be between 1 and {most} (inclusive). Actual value was:"
            f" {number}"
        )
