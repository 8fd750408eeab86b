import pytest

from pytest_cfbindings.javascript.conversions import to_string
from pytest_cfbindings.javascript.errors import (
    ERROR_CLASSES,
    DOMException,
    JsError,
    JsThrow,
    JsTypeError,
    PythonError,
    dom_exception,
    error,
    range_error,
    syntax_error,
    type_error,
)
from pytest_cfbindings.javascript.json_stringify import stringify
from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.javascript.values import null, undefined


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (JsError("m"), "Error: m"),
        (JsError(), "Error"),
        (JsTypeError("x"), "TypeError: x"),
        (JsError("m", "N"), "N: m"),
        (DOMException("m", "DataCloneError"), "DataCloneError: m"),
    ],
)
def test_the_text_is_name_and_message(made: JsError, text: str) -> None:
    assert to_string(made) == text


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("name", "", "m"),
        ("name", 5, "5: m"),
        ("name", undefined, "Error: m"),
        ("message", undefined, "Error"),
        ("message", 7, "Error: 7"),
        ("message", "", "Error"),
    ],
)
def test_name_and_message_can_be_assigned(key: str, value: object, text: str) -> None:
    made = JsError("m")
    made.js_set(key, value)
    assert made.js_get(key) == value
    assert to_string(made) == text


@pytest.mark.parametrize(
    ("message", "kept"), [(undefined, ""), (null, "null"), (5, "5"), ("m", "m")]
)
def test_a_message_is_text(message: object, kept: str) -> None:
    assert JsError.js_construct(message).js_get("message") == kept


@pytest.mark.parametrize("cls", ERROR_CLASSES)
def test_new_is_optional(cls: type[JsError]) -> None:
    called = cls.constructor.invoke(undefined, ("m",))
    constructed = cls.constructor.construct(("m",))
    assert type(called) is type(constructed) is cls
    assert to_string(called) == to_string(constructed) == f"{cls.class_name}: m"


def test_a_cause_is_a_property_if_it_was_given() -> None:
    assert not JsError.js_construct("m").js_has("cause")
    given = JsError.js_construct("m", JsObject({"cause": 1}))
    assert given.js_get("cause") == 1
    assert JsError.js_construct("m", JsObject({"cause": undefined})).js_has("cause")


def test_a_dom_exception_takes_message_and_name() -> None:
    made = DOMException.js_construct("m", "N")
    assert (made.js_get("message"), made.js_get("name")) == ("m", "N")
    plain = DOMException.js_construct()
    assert (plain.js_get("message"), plain.js_get("name")) == ("", "Error")


def test_an_error_has_no_enumerable_properties_but_those_it_was_given() -> None:
    made = JsError("m")
    assert made.js_keys() == []
    made.js_set("code", 7)
    assert made.js_keys() == ["code"]
    assert stringify(made) == '{"code":7}'


def test_the_stack_begins_with_the_text() -> None:
    stack = JsError("m").js_get("stack")
    assert isinstance(stack, str)
    assert stack.startswith("Error: m\n    at ")


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (error("m"), "Error: m"),
        (type_error("m"), "TypeError: m"),
        (range_error("m"), "RangeError: m"),
        (syntax_error("m"), "SyntaxError: m"),
        (dom_exception("AbortError", "m"), "AbortError: m"),
    ],
)
def test_what_is_thrown_is_carried_as_it_is(made: JsThrow, text: str) -> None:
    assert to_string(made.value) == text


def test_a_python_error_is_the_formatted_traceback() -> None:
    cause = ValueError("boom")
    made = PythonError.of(cause)
    assert made.js_get("name") == "PythonError"
    assert made.message.endswith("ValueError: boom\n")
    assert made.cause is cause
