"""How the runtime reads the arguments of KV methods, in its order (measured)."""

from dataclasses import dataclass

from ..javascript.arguments import warn_of_unknown_options, wrong_parameter
from ..javascript.conversions import to_string
from ..javascript.numeric import to_int32_checked
from ..javascript.objects import JsObject
from ..javascript.values import is_nullish, undefined

INTERFACE = "KvNamespace"


@dataclass(frozen=True, slots=True)
class GetOptions:
    """`type` as text, or None for none; `cache_ttl` in seconds."""

    type: str | None = None
    cache_ttl: int | None = None

    @classmethod
    def read(cls, value: object) -> "GetOptions":
        """From a type name, an options object, null or undefined."""
        if is_nullish(value):
            return cls()
        if not isinstance(value, JsObject):
            return cls(type=to_string(value))
        warn_of_unknown_options("KV get", value, ("type", "cacheTtl"))
        type_, cache_ttl = value.js_get("type"), value.js_get("cacheTtl")
        return cls(
            None if type_ is undefined else to_string(type_),
            None if cache_ttl is undefined else to_int32_checked(cache_ttl),
        )


@dataclass(frozen=True, slots=True)
class PutOptions:
    """`expiration` in epoch seconds, `expiration_ttl` in seconds."""

    expiration: int | None = None
    expiration_ttl: int | None = None
    metadata: object = undefined

    @classmethod
    def read(cls, value: object) -> "PutOptions":
        """From an options object, null or undefined."""
        if is_nullish(value):
            return cls()
        if not isinstance(value, JsObject):
            raise wrong_parameter("put", INTERFACE, 3, "PutOptions")
        warn_of_unknown_options(
            "KV put", value, ("expiration", "expirationTtl", "metadata")
        )
        return cls(
            _int32(value, "expiration"),
            _int32(value, "expirationTtl"),
            value.js_get("metadata"),
        )


@dataclass(frozen=True, slots=True)
class ListOptions:
    """`limit` as given; the service decides what it means."""

    limit: int | None = None
    prefix: str = ""
    cursor: str | None = None

    @classmethod
    def read(cls, value: object) -> "ListOptions":
        """From an options object, null or undefined."""
        if is_nullish(value):
            return cls()
        if not isinstance(value, JsObject):
            raise wrong_parameter("list", INTERFACE, 1, "ListOptions")
        warn_of_unknown_options("KV list", value, ("limit", "prefix", "cursor"))
        return cls(
            _int32(value, "limit"), _text(value, "prefix") or "", _text(value, "cursor")
        )


def _int32(options: JsObject, name: str) -> int | None:
    """null is not unset: it converts to 0."""
    value = options.js_get(name)
    return None if value is undefined else to_int32_checked(value)


def _text(options: JsObject, name: str) -> str | None:
    value = options.js_get(name)
    return None if is_nullish(value) else to_string(value)
