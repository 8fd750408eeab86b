"""to_js: Python's containers as JavaScript's, all the way down (Pyodide 314)."""

from collections.abc import Callable
from typing import Any

from ..javascript.arrays import JsArray
from ..javascript.buffers import JsTypedArray
from ..javascript.conversions import to_string
from ..javascript.maps import JsSet
from ..javascript.object_functions import FROM_ENTRIES
from ..javascript.objects import JsObject
from ..javascript.text import join_pairs
from ..javascript.typed_arrays import TYPED_ARRAYS, Uint8Array
from ..javascript.values import PRIMITIVES
from .crossing import SAME, is_javascript, to_javascript, to_python
from .lifetimes import double_proxy
from .pyproxy import PyCallable, PyProxy, wrap
from .sequences import JsArray as JsArrayProxy

Converter = Callable[[Any, Callable[[Any], Any], Callable[[Any, Any], None]], Any]

_BY_FORMAT: dict[str, type[JsTypedArray]] = {
    cls.code: cls for cls in reversed(TYPED_ARRAYS)
}


# The first question, as nearly everything is one of these and no subclass.
_SCALARS = frozenset(PRIMITIVES)
_TEXT = frozenset((str,))


class ConversionError(Exception):
    """A value could not be converted between Python and JavaScript."""

    __module__ = "pyodide.ffi"


def to_js(
    obj: Any,
    /,
    *,
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
    """
    if isinstance(obj, PRIMITIVES) or is_javascript(obj):
        return obj
    conversion = _Conversion(
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


class _Conversion:
    def __init__(
        self,
        dict_converter: Callable[[Any], Any] | None,
        default_converter: Converter | None,
        eager_converter: Converter | None,
        create_pyproxies: bool,
    ) -> None:
        self.dict_converter = dict_converter
        self.default_converter = default_converter
        self.eager_converter = eager_converter
        self.create_pyproxies = create_pyproxies
        self.pyproxies: list[JsObject] = []
        self.done: dict[int, object] = {}
        self.kept: list[object] = []  # What is converted must outlive its id.

    def convert(self, value: object, depth: int) -> object:
        kind = type(value)
        if kind is str:
            return join_pairs(value)  # type: ignore[arg-type]
        if kind in _SCALARS:
            return to_javascript(value)
        if isinstance(value, PRIMITIVES) or is_javascript(value):
            return to_javascript(value)
        if id(value) in self.done:
            return self.done[id(value)]
        self.kept.append(value)
        if self.eager_converter is not None:
            return self.ask(self.eager_converter, value, depth)
        return self.container(value, depth)

    def container(self, value: Any, depth: int) -> object:
        if depth == 0:
            return self.proxy(value)
        if isinstance(value, (list, tuple)):
            array = self.done[id(value)] = JsArray()
            array.items = [self.convert(item, depth - 1) for item in value]
            return array
        if isinstance(value, dict):
            return self.mapping(value, depth - 1)
        if isinstance(value, set):
            members = self.done[id(value)] = JsSet()
            for item in value:
                members.add(self.key(item, "Set"))
            return members
        if (buffer := _buffer(value)) is not None:
            return buffer
        if self.default_converter is not None:
            return self.ask(self.default_converter, value, depth)
        return self.proxy(value)

    def mapping(self, value: dict[Any, Any], depth: int) -> object:
        converter = self.dict_converter
        if converter is None or getattr(converter, "__js__", None) is FROM_ENTRIES:
            made = self.done[id(value)] = JsObject()
            if _TEXT.issuperset(map(type, value)) and "".join(value).isascii():
                self.fields(value, made, depth)
            else:
                for key, item in value.items():
                    name = to_string(self.key(key))
                    made.properties[name] = self.convert(item, depth)
            return made
        entries = JsArray(
            JsArray((self.key(key), self.convert(item, depth)))
            for key, item in value.items()
        )
        result = self.done[id(value)] = _ask(converter, to_python(entries))
        return result

    def fields(self, value: dict[str, Any], made: JsObject, depth: int) -> None:
        """Fill an object from a dict whose keys are property names as they are."""
        properties = made.properties
        for key, item in value.items():
            same = type(item) in SAME
            properties[key] = item if same else self.convert(item, depth)

    def key(self, key: Any, container: str = "Map") -> object:
        """A key or member, which has to be something that JavaScript has as well."""
        if type(key) in _SCALARS or isinstance(key, PRIMITIVES) or is_javascript(key):
            return to_javascript(key)
        raise ConversionError(
            f"Cannot use {key!r} as a key for a Javascript {container}"
        )

    def ask(self, converter: Converter, value: Any, depth: int) -> object:
        def convert(inner: Any) -> Any:
            if self.eager_converter is not None and inner is value:
                return to_python(self.container(inner, depth))
            return to_python(self.convert(inner, depth - 1))

        def cache(source: Any, result: Any) -> None:
            self.kept.append(source)
            self.done[id(source)] = to_javascript(result)

        return _ask(converter, value, convert, cache)

    def proxy(self, value: object) -> object:
        if not self.create_pyproxies:
            raise ConversionError("No conversion known for x.")
        made = wrap(value)
        self.pyproxies.append(made)
        return made


def _ask(converter: Callable[..., Any], *arguments: Any) -> object:
    try:
        return to_javascript(converter(*arguments))
    except Exception as error:
        raise ConversionError("Conversion from python to javascript failed") from error


def _buffer(value: Any) -> object | None:
    """A typed array with a copy of a bytes-like object, element type kept."""
    if type(value) is bytes:
        return Uint8Array.of_bytes(value)
    try:
        view = memoryview(value)
    except TypeError:
        return None
    kind = _BY_FORMAT.get(view.format.lstrip("@<=") or "B", Uint8Array)
    return kind.of_bytes(view.tobytes())
