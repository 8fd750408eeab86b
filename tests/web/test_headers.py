import pytest

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.conversions import to_string
from pytest_cfbindings.javascript.iteration import iterate
from pytest_cfbindings.javascript.maps import JsMap
from pytest_cfbindings.javascript.object_functions import keys
from pytest_cfbindings.javascript.objects import JsObject, native
from pytest_cfbindings.javascript.values import null, undefined
from pytest_cfbindings.web.headers import Headers
from tests.javascript.throws import thrown

NOT_HEADERS = (
    "TypeError: Failed to construct 'Headers': constructor parameter 1 is not of type"
    " 'Headers or Sequence or object'."
)
PAIRS = (
    "TypeError: To initialize a Headers object from a sequence, each inner sequence"
    " must have exactly two elements."
)
NO_SEQUENCE = "TypeError: Incorrect type: the provided value is not of type 'Sequence'."


def headers(**fields: object) -> Headers:
    return Headers.js_construct(JsObject({**fields}))


def array(*pairs: tuple[object, ...]) -> JsArray:
    return JsArray(JsArray(pair) for pair in pairs)


def test_names_are_lower_case_and_sorted_and_values_trimmed() -> None:
    assert list(headers(B="1", a=" 2 ").fields()) == [("a", "2"), ("b", "1")]


def test_append_joins_and_set_replaces() -> None:
    made = headers(a="1")
    made.append("A", "2")
    assert made.get("a") == "1, 2"
    made.set("A", "3")
    assert list(made.fields()) == [("a", "3")]


def test_set_cookie_stays_one_by_one() -> None:
    made = Headers.js_construct(
        array(("Set-Cookie", "a=1"), ("set-cookie", "b=2"), ("x", "y"))
    )
    assert list(made.fields()) == [
        *(("set-cookie", "a=1"), ("set-cookie", "b=2"), ("x", "y"))
    ]
    assert made.getSetCookie().items == ["a=1", "b=2"]
    assert made.getAll("Set-Cookie").items == ["a=1", "b=2"]
    assert made.get("set-cookie") == "a=1, b=2"


def test_get_all_is_for_set_cookie_only() -> None:
    assert thrown(Headers().getAll, "x") == (
        'TypeError: getAll() can only be used with the header name "Set-Cookie".'
    )


def test_what_is_not_there_is_null() -> None:
    made = headers(a="1")
    assert made.get("x") is null
    assert (made.has("x"), made.has("A")) == (False, True)
    made.delete("A")
    assert made.get("a") is null


@pytest.mark.parametrize("name", ["a b", "a:", "a\n"])
def test_a_name_is_a_token(name: str) -> None:
    made = Headers()
    for call in (made.get, made.has, made.delete):
        assert thrown(call, name) == "TypeError: Invalid header name."
    assert thrown(made.set, name, "x") == "TypeError: Invalid header name."


@pytest.mark.parametrize("value", ["x\ny", "x\ry", "\0", "a\0b"])
def test_a_value_is_one_line(value: str) -> None:
    assert thrown(Headers().append, "a", value) == "TypeError: Invalid header value."


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("\n x \r", "x"),
        ("\t x\t", "x"),
        ("é", "é"),
        ("日", "日"),
        ("", ""),
        ("\x0bx", "\x0bx"),
        ("\x01", "\x01"),
        ("\u00a0x", "\u00a0x"),
        (null, "null"),
        (5, "5"),
        (undefined, "undefined"),
        (JsArray([1, 2]), "1,2"),
    ],
)
def test_a_value_becomes_text(value: object, kept: str) -> None:
    made = Headers()
    made.append("a", value)
    assert made.get("a") == kept


@pytest.mark.parametrize("value", [5, null, "a", True])
def test_headers_are_made_of_objects(value: object) -> None:
    assert thrown(Headers.js_construct, value) == NOT_HEADERS


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        (array(("a",)), PAIRS),
        (array(("a", "b", "c")), PAIRS),
        (JsArray(["ab"]), NO_SEQUENCE),
        (JsArray([5]), NO_SEQUENCE),
    ],
)
def test_a_sequence_has_pairs(pairs: JsArray, message: str) -> None:
    assert thrown(Headers.js_construct, pairs) == message


def test_headers_are_made_of_a_map_or_of_headers() -> None:
    first = Headers.js_construct(JsMap([("a", "1")]))
    second = Headers.js_construct(first)
    second.set("a", "2")
    assert (first.get("a"), second.get("a")) == ("1", "2")


def test_nothing_makes_empty_headers() -> None:
    assert list(Headers.js_construct().fields()) == []
    assert list(Headers.js_construct(undefined).fields()) == []


@pytest.mark.parametrize(
    ("operation", "arguments", "index"),
    [
        ("append", (), 1),
        ("append", ("a",), 2),
        ("set", (), 1),
        ("set", ("a",), 2),
        ("get", (), 1),
        ("has", (), 1),
        ("delete", (), 1),
    ],
)
def test_a_missing_argument_is_named(
    operation: str, arguments: tuple[str, ...], index: int
) -> None:
    assert thrown(getattr(Headers(), operation), *arguments) == (
        f"TypeError: Failed to execute '{operation}' on 'Headers':"
        f" parameter {index} is not of type 'string'."
    )


def test_for_each_gets_value_name_and_headers() -> None:
    made = headers(b="1", a="2")
    seen: list[object] = []
    made.forEach(native(lambda *arguments: seen.append(arguments)))
    assert seen == [("2", "a", made), ("1", "b", made)]


@pytest.mark.parametrize("arguments", [(), (5,)])
def test_for_each_needs_a_function(arguments: tuple[object, ...]) -> None:
    assert thrown(Headers().forEach, *arguments) == (
        "TypeError: Failed to execute 'forEach' on 'Headers':"
        " parameter 1 is not of type 'function'."
    )


def test_headers_iterate_as_they_were_when_it_began() -> None:
    made = headers(b="1", a="2")
    iterator = made.entries()
    made.append("c", "3")
    pairs = [pair.items for pair in iterate(iterator) if isinstance(pair, JsArray)]
    assert pairs == [["a", "2"], ["b", "1"]]
    assert list(iterate(made.keys())) == ["a", "b", "c"]
    assert list(iterate(made.values())) == ["2", "1", "3"]


def test_headers_show_nothing_of_what_they_hold() -> None:
    made = headers(a="1")
    assert to_string(made) == "[object Headers]"
    assert keys(made).items == []
