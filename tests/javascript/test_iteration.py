import pytest

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.iteration import iterate
from pytest_cfbindings.javascript.maps import JsSet
from pytest_cfbindings.javascript.objects import ITERATOR, JsObject, native
from pytest_cfbindings.javascript.typed_arrays import Uint8Array
from pytest_cfbindings.javascript.values import JsBigInt, null, undefined

from .throws import thrown


def stepping(*steps: object) -> JsObject:
    """An iterable whose iterator gives these steps."""
    waiting = iter(steps)
    iterator = JsObject({"next": native(lambda: next(waiting))})
    return JsObject({ITERATOR: native(lambda: iterator)})


@pytest.mark.parametrize(
    ("value", "items"),
    [
        (JsArray([1, 2]), [1, 2]),
        ("a😀", ["a", "😀"]),
        ("\ud83d\ude00\ud800", ["😀", "\ud800"]),
        (JsSet([1, 2]), [1, 2]),
        (Uint8Array.of_bytes(b"ab"), [97, 98]),
        (JsSet([1, 2]).values(), [1, 2]),
    ],
)
def test_iterables_are_iterated(value: object, items: list[object]) -> None:
    assert list(iterate(value)) == items


def test_an_iterator_of_ones_own_is_stepped_until_it_is_done() -> None:
    value = stepping(
        JsObject({"value": 1}),
        JsObject({"done": 0, "value": 2}),
        JsObject({}),
        JsObject({"done": 1, "value": 9}),
    )
    assert list(iterate(value)) == [1, 2, undefined]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(5, "number 5"), (True, "boolean true"), (JsBigInt(1), "bigint")],
)
def test_what_is_not_iterable_is_refused(value: object, shown: str) -> None:
    assert thrown(iterate, value) == (
        f"TypeError: {shown} is not iterable (cannot read property"
        " Symbol(Symbol.iterator))"
    )


@pytest.mark.parametrize("value", [undefined, null])
def test_undefined_and_null_are_not_iterable(value: object) -> None:
    assert thrown(iterate, value) == "TypeError: undefined is not iterable"


def test_a_step_has_to_be_an_object() -> None:
    assert thrown(list, iterate(stepping(5))) == (
        "TypeError: Iterator result 5 is not an object"
    )


def test_an_iterator_has_to_be_an_object() -> None:
    value = JsObject({ITERATOR: native(lambda: 5)})
    assert thrown(lambda: list(iterate(value))) == (
        "TypeError: Result of the Symbol.iterator method is not an object"
    )


def test_an_iterator_has_to_have_next() -> None:
    value = JsObject({ITERATOR: native(lambda: JsObject())})
    assert thrown(lambda: list(iterate(value))) == (
        "TypeError: undefined is not a function"
    )
