from collections.abc import Sequence

import pytest

from pytest_cfbindings.javascript.arrays import JsArray, pairs
from pytest_cfbindings.javascript.iterators import JsIterator
from pytest_cfbindings.javascript.objects import ITERATOR, JsFunction, JsObject, native
from pytest_cfbindings.javascript.values import JsBigInt, missing, null, undefined

from .throws import thrown

INVALID_LENGTH = "RangeError: Invalid array length"


def test_new_with_one_number_is_a_length() -> None:
    assert JsArray.js_construct(3).items == [undefined] * 3


@pytest.mark.parametrize("arguments", [("3",), (2, 3), (), (None,), (True,)])
def test_new_with_anything_else_holds_it(arguments: Sequence[object]) -> None:
    assert JsArray.js_construct(*arguments).items == list(arguments)


@pytest.mark.parametrize("length", [-1, 1.5, 2**32])
def test_a_length_is_an_unsigned_32_bit_integer(length: float) -> None:
    assert thrown(JsArray.js_construct, length) == INVALID_LENGTH
    assert thrown(JsArray([1]).js_set, "length", length) == INVALID_LENGTH


def test_elements_are_properties() -> None:
    array = JsArray([10, 20])
    assert array.js_get("0") == 10
    assert array.js_lookup("2") is missing
    assert array.js_lookup("01") is missing
    assert [array.js_has(key) for key in ("0", "1", "2", "length", "01")] == [
        *(True, True, False, True, False)
    ]
    assert array.js_keys() == ["0", "1"]


def test_assigning_beyond_the_end_grows_the_array() -> None:
    array = JsArray([1])
    array.js_set("3", 4)
    assert array.js_get("length") == 4
    assert array.js_get("3") == 4


def test_assigning_the_length_cuts_the_array() -> None:
    array = JsArray([1, 2, 3])
    array.js_set("length", 1)
    assert array.items == [1]


def test_deleting_an_element_keeps_the_length() -> None:
    array = JsArray([1, 2, 3])
    array.js_delete("1")
    assert array.items == [1, undefined, 3]


def test_an_array_can_have_other_properties() -> None:
    array = JsArray([1])
    array.js_set("note", "x")
    assert array.js_keys() == ["0", "note"]
    array.js_delete("note")
    assert array.js_keys() == ["0"]


def test_only_arrays_are_arrays() -> None:
    assert JsArray.isArray(JsArray())
    assert not any(map(JsArray.isArray, ("a", JsObject({"length": 0}), undefined)))


def test_of_holds_a_number_as_it_is() -> None:
    assert JsArray.of(3).items == [3]


@pytest.mark.parametrize(
    ("separator", "text"),
    [(undefined, "1,,,x"), ("-", "1---x"), ("", "1x"), (null, "1nullnullnullx")],
)
def test_join_leaves_out_undefined_and_null(separator: object, text: str) -> None:
    assert JsArray([1, null, undefined, "x"]).join(separator) == text


def test_push_and_pop_work_at_the_end() -> None:
    array = JsArray([1])
    assert array.push(2, 3) == 3
    assert array.pop() == 3
    assert array.items == [1, 2]
    assert JsArray().pop() is undefined


@pytest.mark.parametrize(
    ("bounds", "items"),
    [
        ((), [1, 2, 3]),
        ((-2,), [2, 3]),
        ((1, -1), [2]),
        ((5,), []),
        ((-9, 2), [1, 2]),
        ((2, 1), []),
        (("1",), [2, 3]),
    ],
)
def test_slice_counts_from_the_end_where_it_is_negative(
    bounds: tuple[object, ...], items: list[int]
) -> None:
    assert JsArray([1, 2, 3]).slice(*bounds).items == items


def test_concat_joins_arrays_and_adds_everything_else() -> None:
    inner = JsArray([4])
    joined = JsArray([1]).concat(JsArray([2]), 3, JsArray([inner]))
    assert joined.items == [1, 2, 3, inner]


def test_callbacks_get_item_index_and_array() -> None:
    array = JsArray(["a", "b"])
    seen: list[object] = []
    array.forEach(native(lambda *arguments: seen.append(arguments)))
    assert seen == [("a", 0, array), ("b", 1, array)]


@pytest.mark.parametrize("name", ["map", "filter", "forEach"])
@pytest.mark.parametrize(
    ("callback", "shown"),
    [
        (undefined, "undefined"),
        (null, "object null"),
        (5, "number 5"),
        ("x", 'string "x"'),
        (True, "boolean true"),
        (JsBigInt(1), "bigint"),
        (JsArray(), "object"),
    ],
)
def test_a_callback_has_to_be_a_function(
    name: str, callback: object, shown: str
) -> None:
    assert thrown(getattr(JsArray(), name), callback) == (
        f"TypeError: {shown} is not a function"
    )


def test_map_and_filter_make_new_arrays() -> None:
    array = JsArray([1, 2, 3])
    assert array.map(native(lambda item: item * 2)).items == [2, 4, 6]
    assert array.filter(native(lambda item: item > 1)).items == [2, 3]
    assert array.items == [1, 2, 3]


def test_an_iterator_says_when_it_is_done() -> None:
    iterator = JsArray([7]).values()
    steps = [iterator.next(), iterator.next(), iterator.next()]
    assert [(s.js_get("value"), s.js_get("done")) for s in steps] == [
        *((7, False), (undefined, True), (undefined, True))
    ]


def test_an_iterator_is_its_own_iterable() -> None:
    iterator = JsIterator(iter([1]))
    itself = iterator.js_get(ITERATOR)
    assert isinstance(itself, JsFunction)
    assert itself.invoke(iterator, ()) is iterator


def test_an_array_that_grows_while_it_is_iterated_is_iterated_to_its_end() -> None:
    array = JsArray([1])
    iterator = array.values()
    assert iterator.next().js_get("value") == 1
    array.push(2)
    assert iterator.next().js_get("value") == 2


def test_pairs_are_arrays() -> None:
    step = pairs([("a", 1)]).next().js_get("value")
    assert isinstance(step, JsArray)
    assert step.items == ["a", 1]
