"""What holds for the structured clone of any value, however its objects are tied."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.buffers import JsArrayBuffer, JsView
from pytest_cfbindings.javascript.conversions import to_string
from pytest_cfbindings.javascript.dates import JsDate
from pytest_cfbindings.javascript.errors import JsError, JsTypeError
from pytest_cfbindings.javascript.maps import JsMap, JsSet
from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.javascript.structured_clone import structured_clone
from pytest_cfbindings.javascript.typed_arrays import Uint8Array, Uint16Array
from pytest_cfbindings.javascript.values import JsBigInt, null, undefined

TEXTS = st.text(st.characters(), max_size=5)
PRIMITIVES = st.one_of(
    st.sampled_from([undefined, null, True, False]),
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.floats(),
    st.integers().map(JsBigInt),
    TEXTS,
)
# An Error is not among those that may lead back to themselves: it is refused then.
CONTAINERS = st.sampled_from([JsObject, JsArray, JsMap, JsSet])
LEAVES = st.sampled_from(
    [
        lambda: JsDate(5),
        lambda: JsArrayBuffer(b"abcd"),
        lambda: JsTypeError("m"),
        lambda: Uint8Array.of_bytes(b"ab"),
        lambda: Uint16Array(JsArrayBuffer(b"abcd"), 2),
    ]
)


@st.composite
def graphs(draw: st.DrawFn) -> JsObject:
    """A container whose contents are tied to each other at will."""
    made = [draw(CONTAINERS)() for _ in range(draw(st.integers(1, 6)))]
    objects: list[JsObject] = made + [draw(LEAVES)() for _ in range(3)]
    views = [each for each in objects if isinstance(each, JsView)]
    objects += [view.buffer_object for view in views]
    items = st.one_of(PRIMITIVES, st.sampled_from(objects))
    for container in made:
        for item in draw(st.lists(items, max_size=4)):
            if isinstance(container, JsArray):
                container.items.append(item)
            elif isinstance(container, JsMap):
                container.set(draw(items), item)
            elif isinstance(container, JsSet):
                container.add(item)
            else:
                container.properties[draw(TEXTS)] = item
    return made[0]


def described(value: object, seen: dict[JsObject, int]) -> object:
    """The value in builtins; an object that was met before is its number."""
    if not isinstance(value, JsObject):
        return type(value), repr(value)
    if value in seen:
        return seen[value]
    seen[value] = len(seen)
    return type(value), [described(part, seen) for part in parts(value)]


def parts(value: JsObject) -> Sequence[object]:
    if isinstance(value, JsArray):
        return value.items
    if isinstance(value, JsMap):
        return [part for entry in value.items() for part in entry]
    if isinstance(value, JsSet):
        return value.items()
    if isinstance(value, JsView):
        return [value.buffer_object, value.offset, value.byte_length]
    if isinstance(value, JsArrayBuffer):
        return [repr(value.data)]
    if isinstance(value, (JsDate, JsError)):
        return [to_string(value)]
    return [part for name in value.js_keys() for part in (name, value.js_get(name))]


@given(graphs())
def test_the_copy_is_built_as_the_source_is(value: JsObject) -> None:
    assert described(structured_clone(value), {}) == described(value, {})


@given(graphs())
def test_the_copy_has_no_object_of_the_source(value: JsObject) -> None:
    ours: dict[JsObject, int] = {}
    theirs: dict[JsObject, int] = {}
    described(value, ours)
    described(structured_clone(value), theirs)
    assert len(ours) == len(theirs)
    assert not ours.keys() & theirs.keys()


@given(graphs())
def test_the_source_stays_as_it_was(value: JsObject) -> None:
    before = described(value, {})
    structured_clone(value)
    assert described(value, {}) == before
