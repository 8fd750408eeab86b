"""get and getWithMetadata with an Array of keys."""

from ..javascript.errors import JsThrow
from ..javascript.json_parse import parse
from ..javascript.maps import JsMap
from ..javascript.objects import JsObject
from ..javascript.text import as_utf8, is_array_index, utf8_decode, utf16_length
from ..javascript.values import null
from ..limits import (
    KV_BULK_KEYS,
    KV_BULK_UNITS,
)
from .options import GetOptions
from .service import Service, failure
from .store import Entry
from .values import metadata_value

_METHOD = "GET_BULK"


def get_bulk(
    service: Service, keys: list[str], options: GetOptions, with_metadata: bool
) -> JsMap:
    """A Map of values in the order of the request; missing keys map to null.

    Names that look like array indices are dropped, and so is `__proto__`: the runtime
    builds the Map from an object, and loses what is no ordinary name of it (measured).
    """
    _check_request(keys, options.type)
    total = 0
    found: dict[str, object] = {}
    for key in map(as_utf8, keys):
        _check_name(key)
        entry = service.get(key, options.cache_ttl, _METHOD)
        text = "" if entry is None else _text(entry)
        total += utf16_length(text)
        found[key] = null
        if entry is not None:
            found[key] = _result(entry, text, options.type, with_metadata)
    if total > KV_BULK_UNITS.value:
        raise failure(_METHOD, 413, "Total size of request exceeds the limit of 25MB")
    return JsMap(entry for entry in found.items() if not _is_lost(entry[0]))


def _is_lost(key: str) -> bool:
    return is_array_index(key) or key == "__proto__"


def _check_request(keys: list[str], type_: str | None) -> None:
    if type_ and type_ not in ("text", "json"):
        raise failure(
            _METHOD,
            400,
            f'"{as_utf8(type_)}" is not a valid type. Use "json" or "text"',
        )
    most = KV_BULK_KEYS.value
    if len(keys) > most:
        raise failure(_METHOD, 400, f"You can request a maximum of {most} keys")
    if not keys:
        raise failure(_METHOD, 400, "You must request a minimum of 1 key")


def _check_name(key: str) -> None:
    if key == "":
        raise failure(_METHOD, 400, "Key names must not be empty")
    if key in (".", ".."):
        raise failure(
            _METHOD, 400, f'Illegal key name "{key}". Please use a different name.'
        )


def _text(entry: Entry) -> str:
    return utf8_decode(entry.value).removeprefix("\ufeff")


def _result(entry: Entry, text: str, type_: str | None, with_metadata: bool) -> object:
    value = _json(text) if type_ == "json" else text
    if not with_metadata or value is null:
        return value
    return JsObject({"value": value, "metadata": metadata_value(entry)})


def _json(text: str) -> object:
    try:
        return parse(text)
    except JsThrow:
        raise failure(
            _METHOD,
            400,
            "At least one of the requested keys corresponds to a non-json value",
        ) from None
