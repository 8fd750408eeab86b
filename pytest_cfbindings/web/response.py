"""Response (measured on workerd)."""

from http import HTTPStatus

from ..global_scope import check_io
from ..javascript.arguments import wrong_parameter
from ..javascript.arrays import JsArray
from ..javascript.buffers import JsBuffer
from ..javascript.conversions import to_string
from ..javascript.errors import range_error, type_error
from ..javascript.json_stringify import stringify
from ..javascript.numeric import to_int32_checked
from ..javascript.objects import JsObject, getter, getter_as, method, static, static_as
from ..javascript.text import wtf8_encode
from ..javascript.typed_arrays import Uint8Array
from ..javascript.v8_format import storable
from ..javascript.values import is_nullish, null, undefined
from .bodies import HasBody, extract
from .headers import Headers
from .readable_streams import ReadableStream
from .urls import parse_url
from .websocket import WebSocket

_SWITCHING_PROTOCOLS = 101
NULL_BODY = (101, 204, 205, 304)
REDIRECTS = (301, 302, 303, 307, 308)
_CLASSES = {2: "Successful", 3: "Redirection", 4: "Client Error", 5: "Server Error"}
# Where workerd's words are not those of Python's http module, in any of its versions.
_PHRASES = {
    413: "Payload Too Large",
    414: "URI Too Long",
    416: "Range Not Satisfiable",
    418: "I'm a teapot",
    422: "Unprocessable Entity",
    425: "Client Error",
}


@storable
class Response(HasBody):
    """An HTTP response."""

    __slots__ = (
        "address",
        "cf_value",
        "header_list",
        "kind",
        "status_code",
        "status_phrase",
        "was_redirected",
        "web_socket",
    )

    class_name = "Response"

    def __init__(
        self,
        stream: ReadableStream | None,
        status: int = 200,
        phrase: str = "",
        headers: Headers | None = None,
    ) -> None:
        super().__init__(stream)
        self.status_code = status
        self.status_phrase = phrase
        self.header_list = headers or Headers()
        self.address = ""
        self.was_redirected = False
        self.web_socket: WebSocket | None = None
        self.cf_value: object = undefined
        self.kind = "default"

    @classmethod
    def js_construct(
        cls, body: object = undefined, init: object = undefined
    ) -> "Response":
        if init is undefined or init is null:
            init = JsObject()
        if not isinstance(init, JsObject):
            raise type_error(
                "Failed to construct 'Response': constructor parameter 2 is not of type"
                " 'InitializerDict or Response'."
            )
        socket = _web_socket(init)
        status, headers = _status(init, socket), _headers(init)
        stream, content_type = extract(body)
        if stream is not None and status in NULL_BODY:
            _check_is_empty(body)
            stream = content_type = None
        if content_type is not None:
            headers.set_default("content-type", content_type)
        made = cls(stream, status, _phrase(init, status), headers)
        made.web_socket = socket
        made.cf_value = _cf(init)
        _check_encoding(init)
        return made

    @static_as("error")
    @staticmethod
    def of_error() -> "Response":
        made = Response(None, 0)
        made.kind = "error"
        return made

    @static_as("json")
    @staticmethod
    def of_json(*arguments: object) -> "Response":
        if not arguments:
            raise wrong_parameter("json", "Response", 1, "JsValue")
        text = stringify(arguments[0])
        init = arguments[1] if len(arguments) > 1 else undefined
        if text is None:
            text = to_string(undefined)
        made = Response.js_construct(Uint8Array.of_bytes(wtf8_encode(text)), init)
        made.header_list.set_default("content-type", "application/json")
        return made

    @static
    @staticmethod
    def redirect(*arguments: object) -> "Response":
        if not arguments:
            raise wrong_parameter("redirect", "Response", 1, "string")
        address = to_string(arguments[0])
        status = 302
        if len(arguments) > 1 and arguments[1] is not undefined:
            status = to_int32_checked(arguments[1])
        if status not in REDIRECTS:
            raise range_error(
                f"{status} is not a redirect status code."
                " It must be one of: 301, 302, 303, 307, or 308."
            )
        url = parse_url(address)
        if url is None:
            raise type_error(f"Unable to parse URL: {address}")
        check_io()
        headers = Headers([("location", url)])
        headers.is_immutable = True
        return Response(None, status, default_phrase(status), headers)

    @method
    def clone(self) -> "Response":
        if self.web_socket is not None:
            raise type_error("Cannot clone a response to a WebSocket handshake.")
        return self._with_body(self.share_body())

    def without_body(self) -> "Response":
        return self._with_body(None)

    def js_stored(self) -> JsArray:
        return JsArray((self.status_code, self.status_phrase, self.header_list))

    @classmethod
    def js_restored(cls, stored: object) -> "Response":
        assert isinstance(stored, JsArray)
        status, phrase, headers = stored.items
        assert isinstance(status, int)
        assert isinstance(headers, Headers)
        return cls(None, status, to_string(phrase), headers)

    def _with_body(self, stream: ReadableStream | None) -> "Response":
        headers = self.header_list.copy()
        made = Response(stream, self.status_code, self.status_phrase, headers)
        made.cf_value, made.kind = self.cf_value, self.kind
        made.address, made.was_redirected = self.address, self.was_redirected
        return made

    @getter
    def status(self) -> int:
        return self.status_code

    @getter
    def statusText(self) -> str:
        return self.status_phrase

    @getter
    def headers(self) -> Headers:
        return self.header_list

    @getter
    def ok(self) -> bool:
        return 200 <= self.status_code <= 299

    @getter
    def redirected(self) -> bool:
        return self.was_redirected

    @getter
    def url(self) -> str:
        return self.address

    @getter_as("type")
    def _type(self) -> str:
        return self.kind

    @getter
    def webSocket(self) -> object:
        return null if self.web_socket is None else self.web_socket

    @getter
    def cf(self) -> object:
        return self.cf_value


def _cf(init: JsObject) -> object:
    value = init.js_get("cf")
    if value is undefined or isinstance(value, JsObject):
        return value
    raise type_error(
        "Incorrect type for the 'cf' field on 'InitializerDict': the provided value is"
        " not of type 'Object'."
    )


def _check_encoding(init: JsObject) -> None:
    value = init.js_get("encodeBody")
    if value is not undefined and to_string(value) not in ("automatic", "manual"):
        raise type_error(f"encodeBody: unexpected value: {to_string(value)}")


def _status(init: JsObject, socket: WebSocket | None) -> int:
    value = init.js_get("status")
    status = 200 if value is undefined else to_int32_checked(value)
    if socket is not None:
        if status != _SWITCHING_PROTOCOLS:
            raise range_error("Responses with a WebSocket must have status code 101.")
        return status
    if not 200 <= status <= 599:
        raise range_error(
            "Responses may only be constructed with status codes in the range 200 to"
            " 599, inclusive."
        )
    return status


def _web_socket(init: JsObject) -> WebSocket | None:
    value = init.js_get("webSocket")
    if is_nullish(value):
        return None
    if not isinstance(value, WebSocket):
        raise type_error(
            "Incorrect type for the 'webSocket' field on 'InitializerDict': the"
            " provided value is not of type 'WebSocket'."
        )
    return value


def _check_is_empty(body: object) -> None:
    """Only text or bytes of no length may stand where no body may be."""
    is_object = isinstance(body, JsObject) and not isinstance(body, JsBuffer)
    size = len(body.view()) if isinstance(body, JsBuffer) else len(to_string(body))
    if is_object or size:
        raise type_error(
            "Response with null body status (101, 204, 205, or 304) cannot have a body."
        )


def _phrase(init: JsObject, status: int) -> str:
    value = init.js_get("statusText")
    if value is undefined:
        return default_phrase(status)
    phrase = to_string(value)
    if any(forbidden in phrase for forbidden in "\0\r\n"):
        raise type_error("Invalid statusText")
    return phrase


def default_phrase(status: int) -> str:
    """The status text that workerd gives a status by itself."""
    if status in _PHRASES:
        return _PHRASES[status]
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return _CLASSES[status // 100]


def _headers(init: JsObject) -> Headers:
    value = init.js_get("headers")
    if value is not undefined and not isinstance(value, JsObject):
        raise type_error(
            "Incorrect type for the 'headers' field on 'InitializerDict': the provided"
            " value is not of type 'Headers or Sequence or object'."
        )
    return Headers.js_construct(value)
