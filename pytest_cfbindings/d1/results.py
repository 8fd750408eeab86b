"""The results of queries as the binding hands them out."""

from dataclasses import asdict

from ..javascript.arrays import JsArray
from ..javascript.objects import JsObject, PropertyKey
from ..sqlite.cursor import Row
from .service import Answer, Meta
from .values import shown


def result(answer: Answer) -> JsObject:
    """A D1Result: `success`, `meta` and the rows as objects."""
    assert answer.meta is not None
    return JsObject(
        {
            "success": True,
            "meta": _meta(answer.meta),
            "results": JsArray(row_object(answer.columns, row) for row in answer.rows),
        }
    )


def row_object(columns: tuple[str, ...], row: Row) -> JsObject:
    """A row by column names; of a repeated name, the last value stays."""
    properties: dict[PropertyKey, object] = {
        name: shown(value) for name, value in zip(columns, row, strict=True)
    }
    return JsObject(properties)


def row_array(row: Row) -> JsArray:
    """A row as an Array."""
    return JsArray(shown(value) for value in row)


def _meta(meta: Meta) -> JsObject:
    properties: dict[PropertyKey, object] = {"served_by": "miniflare.db"}
    properties.update(asdict(meta), last_row_id=shown(meta.last_row_id))
    return JsObject(properties)
