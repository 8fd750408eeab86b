"""`===`, and the equality of Array.prototype.includes."""

import math

from .objects import JsObject
from .values import JsBigInt


def strictly_equal(one: object, other: object) -> bool:
    """`one === other`."""
    if isinstance(one, JsObject) or isinstance(other, JsObject):
        return one is other
    kinds = (_kind(one), _kind(other))
    return kinds[0] is kinds[1] and one == other


def same_value_zero(one: object, other: object) -> bool:
    """Whether they are the same for `includes`: NaN is, too."""
    both = isinstance(one, float) and isinstance(other, float)
    if both and math.isnan(one) and math.isnan(other):  # type: ignore[arg-type]
        return True
    return strictly_equal(one, other)


def _kind(value: object) -> type:
    """Every number is of one type, though Python has two."""
    kind = type(value)
    return float if kind is int and kind is not JsBigInt else kind
