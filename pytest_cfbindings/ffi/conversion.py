"""Python's containers as JavaScript's, all the way down (Pyodide 314)."""

from collections.abc import Callable
from typing import Any

from ..javascript.arrays import JsArray
from ..javascript.conversions import to_string
from ..javascript.maps import JsSet
from ..javascript.object_functions import FROM_ENTRIES
from ..javascript.objects import JsObject
from ..javascript.text import join_pairs
from ..javascript.typed_array_class import JsTypedArray
from ..javascript.typed_arrays import TYPED_ARRAYS, Uint8Array
from ..javascript.values import PRIMITIVES, is_nullish, undefined
from .crossing import SAME, is_javascript, to_javascript, to_python
from .pyproxy import wrap

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


def convert_for_javascript(value: Any, options: object) -> object:
    """`proxy.toJs(options)`: to_js with options that are JavaScript's."""

    def option(name: str, default: Any) -> Any:
        given = options.js_get(name) if isinstance(options, JsObject) else undefined
        return default if is_nullish(given) else to_python(given)

    conversion = Conversion(
        option("dict_converter", None),
        option("default_converter", None),
        option("eager_converter", None),
        option("create_pyproxies", True),
    )
    converted = conversion.convert(value, option("depth", -1))
    pyproxies = option("pyproxies", None)
    if pyproxies is not None:
        pyproxies.__js__.push(*conversion.pyproxies)
    return converted


class Conversion:
    """One conversion: what occurs twice in the source occurs twice in the result."""

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
