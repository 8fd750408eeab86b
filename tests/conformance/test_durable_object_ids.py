"""Namespaces of Durable Objects: ids, and how stubs are got by them."""

from typing import Any

import pytest

from .refusals import refused

NOT_VALID = "TypeError: Durable Object ID is not valid for this namespace."
NO_ID = "TypeError: Invalid Durable Object ID: must be 64 hex digits"


def wrong(method: str, number: int, type: str) -> str:
    return (
        f"TypeError: Failed to execute '{method}' on 'DurableObjectNamespace':"
        f" parameter {number} is not of type '{type}'."
    )


def test_a_name_always_has_the_same_id(env: Any) -> None:
    first, second = env.COUNTER.idFromName("a"), env.COUNTER.idFromName("a")
    assert first.toString() == second.toString() == str(first)
    assert first.equals(second)
    assert first.name == "a"


def test_the_ids_of_two_classes_differ(env: Any) -> None:
    first, second = env.COUNTER.idFromName("a"), env.ROOM.idFromName("a")
    assert first.toString() != second.toString()
    assert first.equals(second) is False


def test_two_proxies_of_one_id_are_not_equal_in_python(env: Any) -> None:
    id = env.COUNTER.idFromName("a")
    assert env.COUNTER.idFromName("a") != id
    with pytest.raises(TypeError, match="unhashable type"):
        hash(id)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *[("", ""), ("\0", "\0"), ("x" * 5000, "x" * 5000), ("é😀", "é😀")],
        *[(5, "5"), (True, "true"), (1.5, "1.5"), (1e21, "1e+21")],
    ],
)
def test_a_name_is_any_text_or_turned_into_one(env: Any, name: Any, text: str) -> None:
    id = env.COUNTER.idFromName(name)
    assert id.name == text
    assert id.equals(env.COUNTER.idFromName(text))
    assert env.COUNTER.getByName(name).name == text


def test_half_a_surrogate_pair_has_an_id_of_its_own(env: Any) -> None:
    id = env.COUNTER.idFromName("\ud800")
    assert id.name == "\ufffd" * 3
    assert not id.equals(env.COUNTER.idFromName("\ufffd" * 3))


def test_names_are_what_pyodide_makes_of_them_not_the_sdk(env: Any) -> None:
    assert env.COUNTER.idFromName(None).name == "undefined"
    assert env.COUNTER.getByName(None).name == "undefined"


def test_an_id_is_64_hex_digits(env: Any) -> None:
    digits = env.COUNTER.newUniqueId().toString()
    assert len(bytes.fromhex(digits)) == 32
    assert digits == digits.lower()


def test_unique_ids_differ_and_have_no_name(env: Any) -> None:
    first, second = env.COUNTER.newUniqueId(), env.COUNTER.newUniqueId(None)
    assert not first.equals(second)
    assert (first.name, first.jurisdiction) == (None, None)


def test_an_id_from_a_text_has_no_name(env: Any) -> None:
    digits = env.COUNTER.idFromName("a").toString()
    found = env.COUNTER.idFromString(digits.upper())
    assert found.toString() == digits
    assert found.name is None


@pytest.mark.parametrize("text", ["abc", "", "g" * 64, "0" * 63, "0" * 65, None, 5])
def test_a_text_that_is_no_id_is_refused(env: Any, text: Any) -> None:
    with refused(NO_ID):
        env.COUNTER.idFromString(text)


def test_an_id_that_was_not_made_here_is_refused(env: Any) -> None:
    digits = env.COUNTER.idFromName("a").toString()
    other = "0" if digits[-1] != "0" else "1"
    for text in (env.ROOM.idFromName("a").toString(), digits[:-1] + other, "0" * 64):
        with refused(NOT_VALID):
            env.COUNTER.idFromString(text)


@pytest.mark.stricter_than_local("it would reach another object, never the one meant")
def test_an_id_of_another_class_gets_no_stub(env: Any) -> None:
    foreign = env.NOTEBOOK.idFromName("a")
    with refused(NOT_VALID):
        env.COUNTER.get(foreign)


@pytest.mark.parametrize("other", [None, "x", {}])
def test_an_id_is_compared_with_ids_alone(env: Any, other: Any) -> None:
    with refused(
        "TypeError: Failed to execute 'equals' on 'DurableObjectId': parameter 1 is not"
        " of type 'DurableObjectId'."
    ):
        env.COUNTER.idFromName("a").equals(other)


@pytest.mark.parametrize(
    ("method", "arguments", "number", "type"),
    [
        ("idFromName", (), 1, "string"),
        ("idFromString", (), 1, "string"),
        ("getByName", (), 1, "string"),
        ("newUniqueId", (5,), 1, "NewUniqueIdOptions"),
        ("newUniqueId", ("eu",), 1, "NewUniqueIdOptions"),
        ("get", (), 1, "DurableObjectId"),
        ("get", ("a",), 1, "DurableObjectId"),
        ("get", (None,), 1, "DurableObjectId"),
        ("getByName", ("a", 5), 2, "GetDurableObjectOptions"),
        ("getByName", ("a", "x"), 2, "GetDurableObjectOptions"),
    ],
)
def test_arguments_that_are_missing_or_of_another_type_are_refused(
    env: Any, method: str, arguments: tuple[Any, ...], number: int, type: str
) -> None:
    with refused(wrong(method, number, type)):
        getattr(env.COUNTER, method)(*arguments)


def test_options_of_get_are_an_object(env: Any) -> None:
    id = env.COUNTER.idFromName("a")
    with refused(wrong("get", 2, "GetDurableObjectOptions")):
        env.COUNTER.get(id, 5)
    for options in (None, {}, {"locationHint": "anything"}):
        assert env.COUNTER.get(id, options).name == "a"


def test_a_routing_mode_has_to_be_known(env: Any) -> None:
    with refused("RangeError: unknown routingMode: x"):
        env.COUNTER.getByName("a", routingMode="x")
    assert env.COUNTER.getByName("a", routingMode="primary-only").name == "a"


@pytest.mark.stricter_than_local("production has them; local workerd has not")
def test_a_jurisdiction_has_ids_of_its_own(env: Any) -> None:
    european = env.COUNTER.jurisdiction("eu")
    id = european.idFromName("a")
    assert id.jurisdiction == env.COUNTER.newUniqueId(jurisdiction="eu").jurisdiction
    assert not id.equals(env.COUNTER.idFromName("a"))
    assert european.get(id).name == "a"


def test_no_jurisdiction_is_the_namespace_itself(env: Any) -> None:
    id = env.COUNTER.jurisdiction(None).idFromName("a")
    assert id.equals(env.COUNTER.idFromName("a"))


def test_the_stub_shows_id_and_name(env: Any) -> None:
    stub = env.COUNTER.getByName("one")
    assert (stub.name, stub.id.name) == ("one", "one")
    unnamed = env.COUNTER.get(env.COUNTER.newUniqueId())
    assert (unnamed.name, unnamed.id.name) == (None, None)


def test_a_name_is_not_known_of_an_id_from_text(env: Any) -> None:
    digits = env.COUNTER.idFromName("one").toString()
    stub = env.COUNTER.get(env.COUNTER.idFromString(digits))
    assert (stub.name, stub.id.toString()) == (None, digits)


def test_a_namespace_is_no_container(env: Any) -> None:
    assert bool(env.COUNTER) is True
    assert env.COUNTER is env.COUNTER
    with pytest.raises(AttributeError, match="get_by_name"):
        _ = env.COUNTER.get_by_name
