"""httpMetadata: from options or Headers, to a JavaScript object, and onto Headers."""

from collections.abc import Mapping
from typing import Final

from ..javascript.dates import JsDate
from ..javascript.objects import JsObject, PropertyKey
from ..javascript.values import is_nullish, undefined
from ..web.headers import Headers
from .fields import optional_date, optional_text, text, wrong_field
from .header_dates import header_date
from .records import HttpMetadata

HEADERS: Final = {
    "contentType": "content-type",
    "contentLanguage": "content-language",
    "contentDisposition": "content-disposition",
    "contentEncoding": "content-encoding",
    "cacheControl": "cache-control",
}
"""The headers that the fields stand for."""


def read_http_metadata(value: object, owner: str) -> HttpMetadata:
    """From the field `httpMetadata` of an options object of type `owner`.

    Raises a JavaScript TypeError for what is neither object nor Headers.
    """
    if is_nullish(value):
        return HttpMetadata()
    if isinstance(value, Headers):
        return _of_headers(value)
    if not isinstance(value, JsObject):
        raise wrong_field("httpMetadata", owner, "HttpMetadata or Headers")
    texts = {name: optional_text(value, name) for name in HEADERS}
    expiry = optional_date(value, "cacheExpiry", "HttpMetadata")
    return HttpMetadata(_given(texts), expiry)


def _of_headers(headers: Headers) -> HttpMetadata:
    texts = {name: _header(headers, header) for name, header in HEADERS.items()}
    expires = _header(headers, "expires")
    return HttpMetadata(
        _given(texts), None if expires is None else header_date(expires)
    )


def _given(texts: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in texts.items() if value is not None}


def _header(headers: Headers, name: str) -> str | None:
    value = headers.get(name)
    return text(value) if isinstance(value, str) else None


def to_object(metadata: HttpMetadata, explicit: bool) -> JsObject:
    """What `object.httpMetadata` is; `explicit` shows unset fields as undefined."""
    unset = (*HEADERS, "cacheExpiry") if explicit else ()
    found: dict[PropertyKey, object] = dict.fromkeys(unset, undefined)
    found.update(metadata.texts)
    if metadata.cache_expiry is not None:
        found["cacheExpiry"] = JsDate(metadata.cache_expiry)
    return JsObject(found)


def write_headers(metadata: HttpMetadata, headers: Headers) -> None:
    """Set the headers that there are values for, and leave the others alone.

    Raises a JavaScript TypeError for a value that no header can have.
    """
    for name, value in metadata.texts.items():
        headers.set(HEADERS[name], value)
    if metadata.cache_expiry is not None:
        headers.set("expires", JsDate(metadata.cache_expiry).toUTCString())
