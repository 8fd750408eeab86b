import pytest

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.javascript.values import undefined
from pytest_cfbindings.javascript.weak import WeakMap, WeakRef, WeakSet

from .throws import thrown


def test_a_weak_map_knows_values_by_object() -> None:
    key = JsObject()
    made = WeakMap.js_construct(JsArray([JsArray([key, 1])]))
    assert (made.get(key), made.has(key), made.get(JsObject())) == (1, True, undefined)
    assert (made.delete(key), made.delete(key), made.has(key)) == (True, False, False)


def test_a_weak_set_knows_objects() -> None:
    value = JsObject()
    made = WeakSet.js_construct(JsArray([value]))
    assert (made.has(value), made.delete(value), made.has(value)) == (True, True, False)


def test_a_weak_reference_leads_to_its_object() -> None:
    value = JsObject()
    assert WeakRef.js_construct(value).deref() is value


@pytest.mark.parametrize("value", ["a", 1, undefined])
def test_what_is_no_object_is_refused(value: object) -> None:
    assert thrown(WeakMap().set, value) == (
        "TypeError: Invalid value used as weak map key"
    )
    assert thrown(WeakSet().add, value) == "TypeError: Invalid value used in weak set"
    assert thrown(WeakRef.js_construct, value) == "TypeError: WeakRef: invalid target"
