"""The web platform on globalThis."""

from collections.abc import Callable

from ..clock import Clock
from ..global_scope import GlobalScope
from ..javascript.objects import JsObject
from .abort import AbortController, AbortSignal
from .blobs import Blob, File
from .compression_streams import CompressionStream, DecompressionStream
from .console import Console
from .crypto import Crypto
from .events import CustomEvent, Event, EventTarget
from .form_data import FormData
from .global_functions import GLOBAL_FUNCTIONS
from .headers import Headers
from .not_emulated import NAMES as NOT_EMULATED
from .not_emulated import NotEmulated
from .performance import Performance
from .readable_streams import ReadableStream
from .request import Request
from .response import Response
from .socket_end import SocketOptions
from .socket_events import CloseEvent, ErrorEvent, MessageEvent
from .text_encoding import TextDecoder, TextEncoder
from .text_streams import TextDecoderStream, TextEncoderStream
from .timers import Timers
from .transform_streams import (
    FixedLengthStream,
    IdentityTransformStream,
    TransformStream,
)
from .url_classes import URL, URLSearchParams
from .websocket import WebSocket
from .websocket_pair import WebSocketPairConstructor, WebSocketRequestResponsePair
from .writable_streams import WritableStream

_CLASSES: tuple[type[JsObject], ...] = (
    AbortController,
    AbortSignal,
    Blob,
    CloseEvent,
    CompressionStream,
    CustomEvent,
    DecompressionStream,
    ErrorEvent,
    Event,
    EventTarget,
    File,
    FixedLengthStream,
    FormData,
    Headers,
    MessageEvent,
    ReadableStream,
    Request,
    Response,
    URL,
    URLSearchParams,
    IdentityTransformStream,
    TextDecoder,
    TextDecoderStream,
    TextEncoder,
    TextEncoderStream,
    TransformStream,
    WebSocket,
    WebSocketRequestResponsePair,
    WritableStream,
)


def add_web_classes(
    global_object: JsObject,
    clock: Clock,
    scope: GlobalScope,
    sockets: Callable[[], SocketOptions] = SocketOptions,
) -> None:
    """Put them on a global object.

    `scope` refuses timers and random values while a module is being imported; `sockets`
    tells how the active Worker's WebSockets behave.
    """
    names = global_object.properties
    for cls in _CLASSES:
        names[cls.class_name] = cls.constructor
    names.update(GLOBAL_FUNCTIONS)
    names.update(Timers(scope).functions())
    names.update(
        console=Console(),
        crypto=Crypto(scope),
        performance=Performance(clock),
        WebSocketPair=WebSocketPairConstructor(sockets),
        navigator=JsObject({"userAgent": "Cloudflare-Workers"}),
        self=global_object,
    )
    names.update((name, NotEmulated(name)) for name in NOT_EMULATED)
