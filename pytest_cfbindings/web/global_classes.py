"""The web platform's classes on globalThis."""

from ..javascript.objects import JsObject
from .headers import Headers
from .request import Request
from .response import Response
from .streams import ReadableStream

_CLASSES: tuple[type[JsObject], ...] = (Headers, ReadableStream, Request, Response)


def add_web_classes(global_object: JsObject) -> None:
    """Put them on a global object."""
    for cls in _CLASSES:
        global_object.properties[cls.class_name] = cls.constructor
