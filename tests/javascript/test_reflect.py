import js
import pytest


def test_properties_are_read_and_changed() -> None:
    target = js.JSON.parse('{"a": 1}')
    assert js.Reflect.get(target, "a") == 1
    assert (js.Reflect.has(target, "a"), js.Reflect.has(target, "b")) == (True, False)
    assert js.Reflect.set(target, "b", 2) is True
    assert list(js.Reflect.ownKeys(target)) == ["a", "b"]
    assert js.Reflect.deleteProperty(target, "a") is True
    assert list(js.Reflect.ownKeys(target)) == ["b"]


def test_an_array_owns_its_length() -> None:
    assert list(js.Reflect.ownKeys(js.Array.of(5))) == ["0", "length"]


def test_functions_are_called_and_objects_made() -> None:
    assert js.Reflect.apply(js.Math.max, None, js.Array.of(1, 2)) == 2
    assert js.Reflect.construct(js.Date, js.Array.of(7)).getTime() == 7


def test_a_primitive_is_refused() -> None:
    with pytest.raises(Exception, match=r"Reflect\.ownKeys called on non-object"):
        js.Reflect.ownKeys(5)
