"""R2's multipart uploads in progress as a dump shows them, and back."""

from collections.abc import Mapping
from typing import Any

from ..r2.records import Part, Pending
from .contents import Shape
from .r2_records import (
    METADATA,
    check_fields,
    dumped_metadata,
    loaded_metadata,
    read_instant,
    read_text,
)
from .stored_bytes import dumped, loaded

UPLOADS = "uploads"
"""The field of a key that has them, in the order in which they began."""

_UPLOAD = METADATA | {"parts", "id", "started"}
_PART = {"number", "body", "size", "etag", "uploaded"}


def dumped_upload(upload: Pending, shape: Shape) -> dict[str, Any]:
    """`started`, and `uploaded` of a part, are in epoch milliseconds."""
    shown = dumped_metadata(upload.metadata, shape)
    shown["parts"] = [
        _dumped_part(number, part, shape) for number, part in upload.parts.items()
    ]
    if shape.full or shape.volatile:
        shown["id"] = upload.upload_id
        shown["started"] = upload.started_ms
    return shown


def _dumped_part(number: int, part: Part, shape: Shape) -> dict[str, Any]:
    shown = {
        "number": number,
        "body": dumped(part.data, shape.full),
        "size": part.size,
        "etag": part.etag,
    }
    if shape.full or shape.volatile:
        shown["uploaded"] = part.uploaded_ms
    return shown


def loaded_uploads(key: str, shown: Any) -> tuple[list[Pending], Any]:
    """The uploads of a key in a full dump, and what else is shown of the key.

    Raises ValueError, saying what is wrong with them.
    """
    if not isinstance(shown, Mapping) or UPLOADS not in shown:
        return [], shown
    if not isinstance(shown[UPLOADS], list):
        raise ValueError(f"uploads are {shown[UPLOADS]!r}, which is no list")
    rest = {name: value for name, value in shown.items() if name != UPLOADS}
    return [_loaded_upload(key, upload) for upload in shown[UPLOADS]], rest


def _loaded_upload(key: str, shown: Any) -> Pending:
    check_fields(shown, _UPLOAD)
    if not isinstance(shown["parts"], list):
        raise ValueError(f"parts are {shown['parts']!r}, which is no list")
    return Pending(
        read_text(shown["id"]),
        key,
        loaded_metadata(shown),
        read_instant(shown, "started"),
        dict(_loaded_part(part) for part in shown["parts"]),
    )


def _loaded_part(shown: Any) -> tuple[int, Part]:
    check_fields(shown, _PART)
    number, data = shown["number"], loaded(shown["body"])
    if type(number) is not int:
        raise ValueError(f"{number!r} is no number of a part")
    if shown["size"] != len(data):
        raise ValueError(f"its size is {shown['size']!r}, and its body has {len(data)}")
    etag = read_text(shown["etag"])
    return number, Part(etag, len(data), data, read_instant(shown, "uploaded"))
