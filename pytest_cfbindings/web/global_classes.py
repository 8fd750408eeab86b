"""The web platform's classes on globalThis."""

from ..javascript.objects import JsObject
from .blobs import Blob, File
from .form_data import FormData
from .global_functions import GLOBAL_FUNCTIONS
from .headers import Headers
from .request import Request
from .response import Response
from .streams import ReadableStream
from .url_classes import URL, URLSearchParams

_CLASSES: tuple[type[JsObject], ...] = (
    Blob,
    File,
    FormData,
    Headers,
    ReadableStream,
    Request,
    Response,
    URL,
    URLSearchParams,
)


def add_web_classes(global_object: JsObject) -> None:
    """Put them on a global object."""
    for cls in _CLASSES:
        global_object.properties[cls.class_name] = cls.constructor
    global_object.properties.update(GLOBAL_FUNCTIONS)
