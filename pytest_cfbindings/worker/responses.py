"""What a `fetch` handler may return."""

from ..javascript.errors import type_error
from ..web.response import Response


def checked_response(result: object) -> Response:
    """The Response. Raises a JavaScript TypeError for any other value."""
    if not isinstance(result, Response):
        raise type_error(
            "Incorrect type for Promise: the Promise did not resolve to 'Response'."
        )
    return result
