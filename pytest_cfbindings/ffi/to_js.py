"""to_js: Python's containers as JavaScript's, for Python."""

from collections.abc import Callable
from typing import Any

from ..javascript.values import PRIMITIVES
from .conversion import Conversion, Converter
from .crossing import is_javascript, to_python
from .lifetimes import double_proxy
from .pyproxy import PyCallable, PyProxy
from .sequences import JsArray as JsArrayProxy


def to_js(
    *objects: Any,
    depth: int = -1,
    pyproxies: Any = None,
    create_pyproxies: bool = True,
    dict_converter: Callable[[Any], Any] | None = None,
    default_converter: Converter | None = None,
    eager_converter: Converter | None = None,
) -> Any:
    """Convert list and tuple, dict, set and bytes-like objects; the rest is proxied.

    A dict becomes an Object, or what `dict_converter` makes of its entries.
    `default_converter(value, convert, cache)` is asked for what has no conversion,
    `eager_converter` for everything that is not a scalar. `depth` -1 is no limit.
    Raises TypeError unless it is given one object.
    """
    if len(objects) != 1:
        raise TypeError(
            f"to_js() takes exactly 1 positional argument ({len(objects)} given)"
        )
    (obj,) = objects
    if isinstance(obj, PRIMITIVES) or is_javascript(obj):
        return obj
    conversion = Conversion(
        dict_converter, default_converter, eager_converter, create_pyproxies
    )
    if pyproxies is not None and not isinstance(pyproxies, JsArrayProxy):
        raise TypeError("Expected a JsArray for the pyproxies argument")
    converted = conversion.convert(obj, depth)
    if pyproxies is not None:
        pyproxies.extend(map(double_proxy, conversion.pyproxies))
    if isinstance(converted, (PyProxy, PyCallable)):
        return double_proxy(converted)
    return to_python(converted)
