from typing import Any

import pytest

from pytest_cfbindings.javascript.objects import (
    ITERATOR,
    Accessor,
    JsConstructor,
    JsFunction,
    JsObject,
    NotCallable,
    NotConstructible,
    ReadOnly,
    getter,
    getter_as,
    method,
    method_as,
    native,
    own_entries,
    static,
    static_as,
)
from pytest_cfbindings.javascript.values import missing, undefined


class Robot(JsObject):
    __slots__ = ("serial",)
    class_name = "Robot"

    def __init__(self, serial: object = undefined) -> None:
        super().__init__()
        self.serial = serial

    @classmethod
    def js_construct(cls, serial: object = undefined) -> "Robot":
        return cls(serial)

    @method
    def greet(self, name: object = undefined) -> str:
        return f"hello {name}"

    @method
    def delete_(self) -> str:
        return "deleted"

    @method_as("class")
    def kind(self) -> str:
        return "robot"

    @method_as(ITERATOR)
    def iterate(self) -> str:
        return "iterator"

    @getter
    def number(self) -> object:
        return self.serial

    @getter_as("type")
    def type_name(self) -> str:
        return "T"

    @static
    @staticmethod
    def make(serial: object = undefined) -> "Robot":
        return Robot(serial)

    @static_as("from")
    @staticmethod
    def make_from(*serials: object) -> int:
        return len(serials)

    def private(self) -> None:
        raise AssertionError


class Android(Robot):
    __slots__ = ()
    class_name = "Android"

    @method
    def greet(self, name: object = undefined) -> str:
        return "greetings"


def call(value: JsObject, name: Any, *arguments: object) -> object:
    function = value.js_get(name)
    assert isinstance(function, JsFunction)
    return function.invoke(value, arguments)


def test_a_property_is_found_on_the_object() -> None:
    value = JsObject({"a": 1})
    assert value.js_get("a") == 1
    assert value.js_has("a")


def test_a_property_that_is_not_there_is_undefined_and_missing() -> None:
    value = JsObject({"a": undefined})
    assert value.js_get("b") is undefined
    assert value.js_lookup("b") is missing
    assert value.js_lookup("a") is undefined
    assert value.js_has("a")
    assert not value.js_has("b")


def test_an_own_property_hides_the_member_of_the_class() -> None:
    robot = Robot(5)
    assert call(robot, "greet", "you") == "hello you"
    robot.js_set("greet", "own")
    assert robot.js_get("greet") == "own"
    robot.js_delete("greet")
    assert call(robot, "greet", "you") == "hello you"


def test_deleting_what_is_not_there_does_nothing() -> None:
    value = JsObject({"a": 1})
    value.js_delete("b")
    assert value.js_keys() == ["a"]


def test_a_getter_is_read_when_it_is_asked() -> None:
    robot = Robot(5)
    assert robot.js_get("number") == 5
    robot.serial = 6
    assert robot.js_get("number") == 6
    assert robot.js_get("type") == "T"


def test_an_accessor_of_the_object_itself_is_read_too() -> None:
    value = JsObject({"a": Accessor(lambda this: len(this.properties))})
    assert value.js_get("a") == 1


def test_an_accessor_with_a_setter_is_written() -> None:
    written = []

    class Box(JsObject):
        __slots__ = ()
        class_name = "Box"

    Box.members["a"] = Accessor(
        lambda this: 1, lambda this, value: written.append(value)
    )
    Box().js_set("a", 7)
    assert written == [7]


def test_an_accessor_of_the_object_itself_is_written_too() -> None:
    written: list[object] = []
    own = Accessor(lambda this: 1, lambda this, value: written.append(value))
    value = JsObject({"a": own})
    value.js_set("a", 7)
    assert written == [7]
    assert value.js_get("a") == 1


def test_a_getter_alone_is_not_written() -> None:
    robot = Robot(5)
    with pytest.raises(ReadOnly, match=r"^number$"):
        robot.js_set("number", 7)
    assert robot.js_get("number") == 5


def test_what_is_not_marked_is_invisible() -> None:
    assert not Robot().js_has("private")
    assert not Robot().js_has("serial")


def test_a_trailing_underscore_is_for_python_only() -> None:
    assert call(Robot(), "delete") == "deleted"


def test_members_can_have_names_that_python_has_not() -> None:
    assert call(Robot(), "class") == "robot"
    assert call(Robot(), ITERATOR) == "iterator"


def test_a_subclass_inherits_and_overrides() -> None:
    assert call(Android(), "greet") == "greetings"
    assert call(Android(), "class") == "robot"
    assert call(Robot(), "greet", 1) == "hello 1"


def test_statics_belong_to_the_constructor_only() -> None:
    made = call(Robot.constructor, "make", 9)
    assert isinstance(made, Robot)
    assert made.serial == 9
    assert call(Robot.constructor, "from", 1, 2, 3) == 3
    assert not Robot().js_has("make")


def test_the_constructor_names_the_class() -> None:
    constructor = Android().js_get("constructor")
    assert constructor is Android.constructor
    assert isinstance(constructor, JsConstructor)
    assert constructor.js_get("name") == "Android"


def test_members_are_not_enumerable() -> None:
    robot = Robot(1)
    robot.js_set("own", 1)
    assert robot.js_keys() == ["own"]


def test_integer_like_names_come_first_in_ascending_order() -> None:
    names = ["b", "2", "a", "1", "-1", "01", "4294967294", "4294967295", "1.5"]
    value = JsObject({name: index for index, name in enumerate(names)})
    assert value.js_keys() == [
        *("1", "2", "4294967294"),
        *("b", "a", "-1", "01", "4294967295", "1.5"),
    ]


def test_symbols_are_no_names() -> None:
    value = JsObject({ITERATOR: 1, "a": 2})
    assert value.js_keys() == ["a"]
    assert list(own_entries(value)) == [("a", 2)]


def test_surplus_arguments_are_dropped() -> None:
    assert call(Robot(), "greet", "a", "b", "c") == "hello a"
    assert native(lambda a=undefined: a).invoke(undefined, (1, 2, 3)) == 1


def test_missing_arguments_are_undefined() -> None:
    assert call(Robot(), "greet") == "hello None"


def test_a_function_with_rest_parameters_gets_all_arguments() -> None:
    assert native(lambda *all_: len(all_)).invoke(undefined, (1, 2, 3)) == 3


def test_call_and_bind_set_this() -> None:
    function = JsFunction(lambda this, *rest: (this, *rest), "f")
    assert call(function, "call", "me", 1) == ("me", 1)
    bound = call(function, "bind", "me", 1)
    assert isinstance(bound, JsFunction)
    assert bound.invoke("other", (2,)) == ("me", 1, 2)
    assert bound.js_get("name") == "bound f"


def test_new_makes_an_instance_without_the_surplus() -> None:
    made = Robot.constructor.construct((7, 8, 9))
    assert isinstance(made, Robot)
    assert made.serial == 7


def test_new_object_is_the_object_that_was_given() -> None:
    given = Robot()
    assert JsObject.constructor.construct((given,)) is given
    assert type(JsObject.constructor.construct(())) is JsObject


def test_a_class_without_a_constructor_refuses_new() -> None:
    class Hidden(JsObject):
        __slots__ = ()
        class_name = "Hidden"

    with pytest.raises(NotConstructible, match=r"^Hidden$"):
        Hidden.constructor.construct(())


def test_a_class_is_not_called_without_new() -> None:
    with pytest.raises(NotCallable, match=r"^Robot$"):
        Robot.constructor.invoke(undefined, ())


def test_every_object_has_the_members_of_object() -> None:
    robot = Robot()
    assert call(robot, "toString") == "[object Robot]"
    assert call(robot, "valueOf") is robot
    robot.js_set("own", 1)
    assert call(robot, "hasOwnProperty", "own") is True
    assert call(robot, "hasOwnProperty", "greet") is False
