"""JavaScript objects and functions as Python classes.

A Python class stands for a JavaScript class: methods marked with `method`, `getter`
and `static` are what JavaScript sees of it, everything else is its private matter.
"""

import inspect
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, TypeAlias, TypeVar, Union

from .property_order import are_ordered_names, ordered_names
from .values import missing, undefined

_MARK = "__javascript__"

F = TypeVar("F", bound=Callable[..., object])


PropertyKey: TypeAlias = Union[str, "Symbol"]


class Accessor:
    """A property whose value is computed when it is read."""

    __slots__ = ("read", "write")

    def __init__(
        self,
        read: Callable[["JsObject"], object],
        write: Callable[["JsObject", object], None] | None = None,
    ) -> None:
        self.read = read
        self.write = write


def _mark(function: F, kind: str, name: PropertyKey | None) -> F:
    setattr(function, _MARK, (kind, name or function.__name__.rstrip("_")))
    return function


def method(function: F) -> F:
    """Make a method visible to JavaScript, under its own name."""
    return _mark(function, "method", None)


def method_as(name: PropertyKey) -> Callable[[F], F]:
    """Make a method visible to JavaScript under another name or a symbol."""
    return lambda function: _mark(function, "method", name)


def getter(function: F) -> F:
    """Make the method's result a read-only JavaScript property of that name."""
    return _mark(function, "getter", None)


def getter_as(name: PropertyKey) -> Callable[[F], F]:
    """Make the method's result a read-only JavaScript property of another name."""
    return lambda function: _mark(function, "getter", name)


def static(function: F) -> F:
    """Make a static method visible on the JavaScript constructor."""
    return _mark(function, "static", None)


def static_as(name: str) -> Callable[[F], F]:
    """Make a static method visible on the constructor, under another name."""
    return lambda function: _mark(function, "static", name)


class JsObject:
    """A JavaScript object: its own properties, over the members of its class."""

    __slots__ = ("properties",)

    class_name: ClassVar[str] = "Object"
    tag: ClassVar[str] = "Object"
    members: ClassVar[dict[PropertyKey, object]] = {}
    typeof: ClassVar[str] = "object"
    constructor: ClassVar["JsConstructor"]

    def __init__(self, properties: dict[PropertyKey, object] | None = None) -> None:
        self.properties: dict[PropertyKey, object] = (
            {} if properties is None else properties
        )

    def __init_subclass__(cls, *, bare: bool = False) -> None:
        if "class_name" in vars(cls) and "tag" not in vars(cls):
            cls.tag = cls.class_name
        if cls.__module__ == __name__:
            return  # The first classes need each other: they are installed below.
        _install(cls, {} if bare else dict(cls.__base__.members))  # type: ignore[union-attr]

    def js_lookup(self, key: PropertyKey) -> object:
        """The property's value, or `missing` if neither object nor class has it."""
        value = self.properties.get(key, missing)
        if value is missing:
            value = self.members.get(key, missing)
        if type(value) is Accessor:
            return value.read(self)
        return value

    def js_get(self, key: PropertyKey) -> object:
        """The property's value; undefined where there is none."""
        value = self.js_lookup(key)
        return undefined if value is missing else value

    def js_has(self, key: PropertyKey) -> bool:
        """`key in object`."""
        return key in self.properties or key in self.members

    def js_set(self, key: PropertyKey, value: object) -> None:
        """Assign a property. Raises ReadOnly for one that can only be read."""
        member = self.properties.get(key, missing)
        if member is missing:
            member = self.members.get(key)
        if type(member) is not Accessor:
            self.properties[key] = value
        elif member.write is None:
            raise ReadOnly(key)
        else:
            member.write(self, value)

    def js_delete(self, key: PropertyKey) -> None:
        """`delete object[key]`."""
        self.properties.pop(key, None)

    def js_keys(self) -> list[str]:
        """Own enumerable names: integer-like ones ascending, then by insertion."""
        return ordered_names(self.properties)

    def js_to_string(self) -> str:
        """String(object), without an own `toString`."""
        tag = self.js_lookup(TO_STRING_TAG)
        return f"[object {tag if isinstance(tag, str) else self.tag}]"

    @method_as("toString")
    def _to_string(self) -> str:
        return self.js_to_string()

    @method_as("valueOf")
    def _value_of(self) -> object:
        return self

    @method_as("hasOwnProperty")
    def _has_own_property(self, key: object = undefined) -> bool:
        return key in self.properties


class JsFunction(JsObject):
    """A JavaScript function over a Python callable that takes `this` first."""

    __slots__ = ("_arity", "_call", "name", "owner")

    class_name = "Function"
    typeof = "function"

    def __init__(
        self,
        call: Callable[..., object],
        name: str = "",
        owner: type[JsObject] | None = None,
    ) -> None:
        super().__init__()
        self._call = call
        self._arity = _arity(call)
        self.name = name
        self.owner = owner
        """The class whose instances `this` has to be; None: any value will do."""

    def invoke(self, this: object, arguments: Sequence[object]) -> object:
        """Call it; surplus arguments are dropped, missing ones are undefined."""
        if self._arity is not None and len(arguments) > self._arity:
            arguments = arguments[: self._arity]
        return self._call(this, *arguments)

    def check_receiver(self, this: object) -> None:
        """Raises WrongReceiver if `this` is no instance of the function's class."""
        if self.owner is not None and not isinstance(this, self.owner):
            raise WrongReceiver(self.name)

    def js_to_string(self) -> str:
        return f"function {self.name}() {{ [native code] }}"

    def js_source(self) -> str:
        """The source text, as error messages quote it."""
        return self.js_to_string()

    @getter_as("name")
    def _read_name(self) -> str:
        return self.name

    @method_as("call")
    def _call_with(self, this: object = undefined, *arguments: object) -> object:
        self.check_receiver(this)
        return self.invoke(this, arguments)

    @method_as("apply")
    def _apply(self, this: object = undefined, arguments: object = undefined) -> object:
        self.check_receiver(this)
        return self.invoke(this, array_like(arguments))

    @method_as("bind")
    def _bind(self, this: object = undefined, *bound: object) -> "JsFunction":
        def call(_this: object, *arguments: object) -> object:
            self.check_receiver(this)
            return self.invoke(this, (*bound, *arguments))

        return JsFunction(call, f"bound {self.name}")


def array_like(value: object) -> tuple[object, ...]:
    """The elements of an object with a length; none of undefined or null."""
    if not isinstance(value, JsObject):
        return ()
    length = value.js_get("length")
    count = length if isinstance(length, int) else 0
    return tuple(value.js_get(str(index)) for index in range(count))


class JsConstructor(JsFunction):
    """The constructor of a class: `new`, its static members, and its name."""

    __slots__ = ("cls",)

    box: ClassVar[Callable[[object], JsObject]]
    """Object(value); the module of the boxed primitives hands it in."""

    def __init__(self, cls: type[JsObject], name: str | None = None) -> None:
        super().__init__(_not_callable, name or cls.class_name)
        self.cls = cls

    def construct(self, arguments: Sequence[object]) -> object:
        """`new Class(...)`."""
        if self.cls is JsObject:
            given = arguments[0] if arguments else undefined
            return JsConstructor.box(given)
        new = getattr(self.cls, "js_construct", None)
        if new is None:
            raise NotConstructible(self.name)
        arity = _arity(new, skip=0)
        return new(*(arguments if arity is None else arguments[:arity]))

    def invoke(self, this: object, arguments: Sequence[object]) -> object:
        if self.cls is JsObject:
            return self.construct(arguments)
        plain = getattr(self.cls, "js_call", None)
        if plain is None:
            raise NotCallable(self.name)
        return plain(*arguments)


class ReadOnly(Exception):
    """A property that can only be read was assigned."""


class NotConstructible(Exception):
    """`new` was used on a class that only the runtime makes instances of."""


class NotCallable(Exception):
    """A class was called without `new`."""


class WrongReceiver(Exception):
    """A method was called with a `this` that is not of its class."""


def _not_callable(_this: object) -> object:
    return undefined


def native(call: Callable[..., object], name: str = "") -> JsFunction:
    """A function that has no use for `this`."""

    def without_this(_this: object, *arguments: object) -> object:
        return call(*arguments)

    function = JsFunction(without_this, name)
    function._arity = _arity(call, skip=0)
    return function


def _arity(call: Callable[..., object], skip: int = 1) -> int | None:
    """How many arguments it takes after the first `skip`; None: any number."""
    parameters = inspect.signature(call).parameters.values()
    if any(p.kind is p.VAR_POSITIONAL for p in parameters):
        return None
    return sum(p.kind is not p.KEYWORD_ONLY for p in parameters) - skip


def _install(cls: type[JsObject], members: dict[PropertyKey, object]) -> None:
    constructor = JsConstructor(cls)
    for attribute in list(vars(cls).values()):
        kind, name = getattr(attribute, _MARK, (None, ""))
        if kind == "method":
            label = name if isinstance(name, str) else f"[{name.description}]"
            members[name] = JsFunction(attribute, label, cls)
        elif kind == "getter":
            members[name] = Accessor(attribute)
        elif kind == "static":
            constructor.properties[name] = native(attribute.__func__, name)
    members["constructor"] = constructor
    cls.members = members
    cls.constructor = constructor


class Symbol(JsObject):
    """A JavaScript symbol; it is a primitive, but has the properties of an object."""

    __slots__ = ("description",)

    class_name = "Symbol"
    typeof = "symbol"

    def __init__(self, description: str) -> None:
        super().__init__()
        self.description = description

    def __repr__(self) -> str:
        return f"Symbol({self.description})"

    def js_to_string(self) -> str:
        return repr(self)

    @classmethod
    def js_call(cls, description: object = undefined) -> "Symbol":
        return cls("" if description is undefined else str(description))


_install(JsObject, {})
_install(JsFunction, dict(JsObject.members))
_install(JsConstructor, dict(JsFunction.members))
_install(Symbol, dict(JsObject.members))

ITERATOR = Symbol("Symbol.iterator")
ASYNC_ITERATOR = Symbol("Symbol.asyncIterator")
TO_STRING_TAG = Symbol("Symbol.toStringTag")


def own_entries(value: JsObject) -> Iterator[tuple[str, object]]:
    """Own enumerable names with their values, as Object.entries sees them."""
    for name in value.js_keys():
        yield name, value.js_get(name)


def own_properties(value: JsObject) -> dict[str, object]:
    """The same as a dictionary of its own."""
    if type(value) is JsObject:
        copy = dict(value.properties)
        if are_ordered_names(copy) and Accessor not in map(type, copy.values()):
            return copy  # type: ignore[return-value]
    return dict(own_entries(value))
