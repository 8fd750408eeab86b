"""Request (measured on workerd)."""

from collections.abc import Sequence

from ..javascript.arguments import wrong_parameter
from ..javascript.arrays import JsArray
from ..javascript.conversions import to_string
from ..javascript.errors import type_error
from ..javascript.objects import JsObject, getter, getter_as, method
from ..javascript.v8_format import storable
from ..javascript.values import is_nullish, missing, null, undefined
from .abort import AbortSignal
from .bodies import HasBody, extract
from .headers import Headers
from .readable_streams import ReadableStream
from .urls import parse_url

_METHODS = (
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "DELETE",
    "OPTIONS",
    "PATCH",
    "TRACE",
    "PURGE",
)


@storable
class Request(HasBody):
    """An HTTP request."""

    __slots__ = (
        "_signal",
        "address",
        "cache_mode",
        "cf_value",
        "header_list",
        "redirect_mode",
        "verb",
    )

    class_name = "Request"

    def __init__(self, address: str) -> None:
        super().__init__(None)
        self.address = address
        self.verb = "GET"
        self.header_list = Headers()
        self.redirect_mode = "follow"
        self.cf_value: object = undefined
        self.cache_mode: object = undefined
        self._signal: AbortSignal | None = None

    @classmethod
    def js_construct(cls, *arguments: object) -> "Request":
        if not arguments:
            raise type_error(
                "Failed to construct 'Request': constructor parameter 1 is not of type"
                " 'Request or string'."
            )
        init = arguments[1] if len(arguments) > 1 else undefined
        if is_nullish(init):
            init = JsObject()
        if not isinstance(init, JsObject):
            raise type_error(
                "Failed to construct 'Request': constructor parameter 2 is not of type"
                " 'RequestInitializerDict or Request'."
            )
        made = cls._from(arguments[0], init)
        made._apply(init)
        return made

    @classmethod
    def _from(cls, source: object, init: JsObject) -> "Request":
        if isinstance(source, Request):
            return source._renewed(init)
        text = to_string(source)
        address = parse_url(text)
        if address is None:
            raise type_error(f"Invalid URL: {text}")
        return cls(address)

    def _renewed(self, init: JsObject) -> "Request":
        """A request like this one; the body moves there unless it gets another."""
        made = self._copy()
        if init.js_has("body") or self.stream is None:
            return made
        if self.stream.disturbed:
            raise type_error("Cannot reconstruct a Request with a used body.")
        self.stream.check_usable()
        made.stream, self.stream = self.stream, ReadableStream.of_bytes(b"")
        self.stream.end()
        return made

    def without_body(self) -> "Request":
        return self._copy()

    def js_stored(self) -> JsArray:
        text = (self.address, self.verb, self.redirect_mode)
        return JsArray((*text, self.header_list, self.cf_value))

    @classmethod
    def js_restored(cls, stored: object) -> "Request":
        assert isinstance(stored, JsArray)
        address, verb, redirect_mode, headers, cf_value = stored.items
        made = cls(to_string(address))
        made.verb, made.redirect_mode = to_string(verb), to_string(redirect_mode)
        assert isinstance(headers, Headers)
        made.header_list, made.cf_value = headers, cf_value
        return made

    def _copy(self) -> "Request":
        made = Request(self.address)
        made.verb = self.verb
        made.header_list = Headers.js_construct(self.header_list)
        made.cache_mode = self.cache_mode
        made._signal = self._signal
        made.redirect_mode = self.redirect_mode
        made.cf_value = self.cf_value
        return made

    def _apply(self, init: JsObject) -> None:
        if (verb := init.js_get("method")) is not undefined:
            self.verb = _verb(to_string(verb))
        if (headers := init.js_get("headers")) is not undefined:
            self.header_list = _headers(headers)
        if (redirect := init.js_get("redirect")) is not undefined:
            self.redirect_mode = _redirect(to_string(redirect))
        if (cf := init.js_get("cf")) is not undefined:
            self.cf_value = _cf(cf)
        if (cache := init.js_get("cache")) is not undefined:
            self.cache_mode = _cache(to_string(cache))
        if (signal := init.js_get("signal")) is not undefined:
            self._signal = _signal(signal)
        _check_integrity(init.js_get("integrity"))
        if (body := init.js_lookup("body")) is not missing:
            self._set_body(body)
        if self.stream is not None and self.verb in ("GET", "HEAD"):
            raise type_error("Request with a GET or HEAD method cannot have a body.")

    def _set_body(self, body: object) -> None:
        self.stream, content_type = extract(body)
        if content_type is not None:
            self.header_list.set_default("content-type", content_type)

    @method
    def clone(self) -> "Request":
        other: ReadableStream | None = self.share_body()
        made = self._copy()
        made.header_list = self.header_list.copy()
        made.stream = other
        return made

    @getter
    def url(self) -> str:
        return self.address

    @getter_as("method")
    def _method(self) -> str:
        return self.verb

    @getter
    def headers(self) -> Headers:
        return self.header_list

    @getter
    def redirect(self) -> str:
        return self.redirect_mode

    @getter
    def cf(self) -> object:
        return self.cf_value

    @getter
    def fetcher(self) -> object:
        return null

    @getter
    def integrity(self) -> str:
        return ""

    @getter
    def keepalive(self) -> bool:
        return False

    @getter
    def cache(self) -> object:
        return self.cache_mode

    @getter_as("signal")
    def abort_signal(self) -> AbortSignal:
        if self._signal is None:
            self._signal = AbortSignal()
        return self._signal


def _verb(text: str) -> str:
    verb = text.upper()
    if verb not in _METHODS:
        raise type_error(f"Invalid HTTP method string: {text}")
    return verb


def _redirect(mode: str) -> str:
    if mode not in ("follow", "manual"):
        raise type_error(
            'Invalid redirect value, must be one of "follow" or "manual" ("error"'
            " won't be implemented since it does not make sense at the edge; use"
            ' "manual" and check the response status code).'
        )
    return mode


def _cache(mode: str) -> str:
    if mode not in ("no-store", "no-cache"):
        raise type_error(f"Unsupported cache mode: {mode}")
    return mode


def _signal(value: object) -> AbortSignal | None:
    if value is null:
        return None
    if not isinstance(value, AbortSignal):
        raise type_error(
            "Incorrect type for the 'signal' field on 'RequestInitializerDict': the"
            " provided value is not of type 'AbortSignal'."
        )
    return value


def _check_integrity(value: object) -> None:
    if value is not undefined and to_string(value):
        raise type_error(
            "Subrequest integrity checking is not implemented. The integrity option"
            " must be either undefined or an empty string."
        )


def _headers(value: object) -> Headers:
    if not isinstance(value, JsObject):
        raise type_error(
            "Incorrect type for the 'headers' field on 'RequestInitializerDict': the"
            " provided value is not of type 'Headers or Sequence or object'."
        )
    return Headers.js_construct(value)


def _cf(value: object) -> JsObject:
    if not isinstance(value, JsObject):
        raise type_error(
            "Incorrect type for the 'cf' field on 'RequestInitializerDict': the"
            " provided value is not of type 'Object'."
        )
    return value


def fetcher_request(arguments: Sequence[object]) -> Request:
    """The Request that `fetcher.fetch(...)` sends; redirects are the caller's matter.

    Its headers say how long its body is, or that nobody knows; its URL comes without
    user name, password and fragment (measured). Raises a JavaScript TypeError for
    arguments that make none, and for a URL that is not one of HTTP.
    """
    if not arguments:
        raise wrong_parameter("fetch", "Fetcher", 1, "Request or string")
    request = Request.js_construct(*arguments)
    request.address = _sent_address(request.address)
    request.redirect_mode = "manual"
    _set_length(request)
    request.header_list.is_immutable = True
    if request.stream is not None:
        request.stream.maker = None
    return request


def _sent_address(address: str) -> str:
    scheme, _, rest = address.partition("://")
    if scheme not in ("http", "https"):
        raise type_error(f"Fetch API cannot load: {address}")
    host, slash, path = rest.partition("#")[0].partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"


def _set_length(request: Request) -> None:
    headers, stream = request.header_list, request.stream
    given = ("content-length", "transfer-encoding")
    if stream is None or any(headers.get(name) is not null for name in given):
        return
    if stream.length is None:
        headers.set_default("transfer-encoding", "chunked")
    else:
        headers.set_default("content-length", str(stream.length))
