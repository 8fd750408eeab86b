"""The option objects of R2's methods, read in the runtime's order (measured)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ..javascript.arguments import warn_of_unknown_options
from ..javascript.arrays import JsArray
from ..javascript.conversions import to_string
from ..javascript.errors import range_error, type_error
from ..javascript.numeric import to_int32_checked
from ..javascript.objects import JsObject, own_entries
from ..javascript.text import as_utf8
from ..javascript.values import undefined
from .checksums import Algorithm, Expected, expected, read_fields
from .conditions import Condition, ConditionFields
from .encryption import key_digest, read_key
from .fields import optional_text, options_object, strict_text, text, wrong_field
from .http_metadata import read_http_metadata
from .ranges import Range
from .records import STANDARD, STORAGE_CLASSES, HttpMetadata, Metadata

BUCKET: Final = "R2Bucket"
UPLOAD: Final = "R2MultipartUpload"

_HASHES: Final = ("md5", "sha1", "sha256", "sha384", "sha512")
_INCLUDABLE: Final = ("httpMetadata", "customMetadata")
_UNSET_LIMIT: Final = -1


@dataclass(frozen=True, slots=True)
class GetOptions:
    """The second argument of get, as it was given."""

    only_if: ConditionFields | None = None
    range: Range | None = None
    ssec_key: str | bytes | None = None

    @classmethod
    def read(cls, value: object) -> "GetOptions":
        """Raises a JavaScript TypeError for a field of the wrong type."""
        options = options_object(value, "get", BUCKET, 2, "GetOptions")
        if options is None:
            return cls()
        warn_of_unknown_options("R2 get", options, ("onlyIf", "range", "ssecKey"))
        return cls(
            ConditionFields.read(options.js_get("onlyIf"), "GetOptions"),
            Range.read(options.js_get("range"), "GetOptions"),
            read_key(options),
        )

    def checked(self) -> tuple[Condition | None, Range | None, str | None]:
        """What it means: condition, range, and the hex MD5 of the key.

        Raises a JavaScript error for what means nothing.
        """
        condition = None if self.only_if is None else self.only_if.condition()
        if self.range is not None:
            self.range.check()
        return condition, self.range, key_digest(self.ssec_key)


@dataclass(frozen=True, slots=True)
class ObjectFields:
    """What put and createMultipartUpload take for the object, as it was given."""

    http: HttpMetadata
    custom: Mapping[str, str]
    storage_class: str | None
    ssec_key: str | bytes | None

    def checked(self, operation: str) -> Metadata:
        """What it means. Raises a JavaScript error for what means nothing."""
        digest = key_digest(self.ssec_key)
        storage_class = _storage_class(operation, self.storage_class)
        return Metadata(self.http, self.custom, storage_class, digest)


NO_FIELDS: Final = ObjectFields(HttpMetadata(), {}, None, None)


@dataclass(frozen=True, slots=True)
class PutOptions:
    """The third argument of put, as it was given."""

    only_if: ConditionFields | None = None
    fields: ObjectFields = NO_FIELDS
    hashes: Mapping[Algorithm, str | bytes] = field(default_factory=dict)

    @classmethod
    def read(cls, value: object) -> "PutOptions":
        """Raises a JavaScript TypeError for a field of the wrong type."""
        options = options_object(value, "put", BUCKET, 3, "PutOptions")
        if options is None:
            return cls()
        warn_of_unknown_options(
            "R2 put",
            options,
            ("onlyIf", *_INCLUDABLE, *_HASHES, "storageClass", "ssecKey"),
        )
        only_if = ConditionFields.read(options.js_get("onlyIf"), "PutOptions")
        http = read_http_metadata(options.js_get("httpMetadata"), "PutOptions")
        custom = _custom_metadata(options, "PutOptions")
        hashes = read_fields(options, "PutOptions")
        storage_class = optional_text(options, "storageClass")
        key = read_key(options)
        return cls(only_if, ObjectFields(http, custom, storage_class, key), hashes)

    def checked(self) -> tuple[Condition | None, Expected | None, Metadata]:
        """What it means. Raises a JavaScript error for what means nothing."""
        condition = None if self.only_if is None else self.only_if.condition()
        return condition, expected(self.hashes), self.fields.checked("put")


def read_multipart_options(value: object) -> ObjectFields:
    """The second argument of createMultipartUpload, as it was given."""
    operation = "createMultipartUpload"
    options = options_object(value, operation, BUCKET, 2, "MultipartOptions")
    if options is None:
        return NO_FIELDS
    warn_of_unknown_options(
        f"R2 {operation}", options, (*_INCLUDABLE, "storageClass", "ssecKey")
    )
    return ObjectFields(
        read_http_metadata(options.js_get("httpMetadata"), "MultipartOptions"),
        _custom_metadata(options, "MultipartOptions"),
        optional_text(options, "storageClass"),
        read_key(options),
    )


def read_part_options(value: object) -> str | bytes | None:
    """The ssecKey of the third argument of uploadPart, as it was given."""
    options = options_object(value, "uploadPart", UPLOAD, 3, "UploadPartOptions")
    if options is None:
        return None
    warn_of_unknown_options("R2 uploadPart", options, ("ssecKey",))
    return read_key(options)


@dataclass(frozen=True, slots=True)
class ListOptions:
    """`limit` None is the most there is; `include` holds names of metadata."""

    limit: int | None = None
    prefix: str = ""
    cursor: str | None = None
    delimiter: str = ""
    start_after: str | None = None
    include: frozenset[str] = frozenset()

    @classmethod
    def read(cls, value: object) -> "ListOptions":
        """From the argument of list."""
        options = options_object(value, "list", BUCKET, 1, "ListOptions")
        if options is None:
            return cls()
        names = ("limit", "prefix", "cursor", "delimiter", "startAfter", "include")
        warn_of_unknown_options("R2 list", options, names)
        given = options.js_get("limit")
        limit = None if given is undefined else to_int32_checked(given)
        prefix, cursor, delimiter, start_after = (
            strict_text(options, name, "ListOptions") for name in names[1:5]
        )
        return cls(
            None if limit == _UNSET_LIMIT else limit,
            prefix or "",
            cursor,
            delimiter or "",
            start_after,
            _include(options.js_get("include")),
        )


def _include(value: object) -> frozenset[str]:
    if value is undefined:
        return frozenset()
    if not isinstance(value, JsArray):
        raise wrong_field("include", "ListOptions", "Array")
    names = []
    for index, name in enumerate(value.items):
        if not isinstance(name, str):
            raise type_error(
                f"Incorrect type for array element {index}: the provided value is not"
                " of type 'string'."
            )
        names.append(name)
    for name in names:
        if name not in _INCLUDABLE:
            raise range_error(f"Unsupported include value {as_utf8(name)}")
    return frozenset(names)


def _custom_metadata(options: JsObject, owner: str) -> dict[str, str]:
    value = options.js_get("customMetadata")
    if value is undefined:
        return {}
    if not isinstance(value, JsObject) or isinstance(value, JsArray):
        raise wrong_field("customMetadata", owner, "object")
    # The runtime sets the names one by one, and JavaScript takes this one for the
    # prototype: it is lost (measured).
    return {
        text(name): text(item)
        for name, item in own_entries(value)
        if name != "__proto__"
    }


def _storage_class(operation: str, name: str | None) -> str:
    if name is None:
        return STANDARD
    if name not in STORAGE_CLASSES:
        # Local workerd takes any text; the S3 API of production refuses it, and what
        # the binding of production says is not known.
        raise type_error(
            f"{operation}: {to_string(name)!r} is no storage class: R2 has"
            f" {' and '.join(STORAGE_CLASSES)}."
        )
    return name
