import copy

from pytest_cfbindings.javascript.values import (
    JsBigInt,
    JsNull,
    is_nullish,
    jsnull,
    missing,
    null,
    undefined,
)


def test_there_is_one_null() -> None:
    assert JsNull() is jsnull
    assert copy.deepcopy(jsnull) is jsnull


def test_null_is_falsy_and_no_none() -> None:
    assert not jsnull
    assert jsnull is not None
    assert (jsnull == None) is False  # noqa: E711


def test_null_shows_its_name() -> None:
    assert repr(jsnull) == "jsnull"


def test_only_undefined_and_null_are_nullish() -> None:
    assert [is_nullish(value) for value in (undefined, null)] == [True, True]
    assert not any(is_nullish(value) for value in (0, "", False, missing))


def test_a_bigint_is_an_int_of_its_own_type() -> None:
    assert JsBigInt(5) == 5
    assert repr(JsBigInt(5)) == "5"
    assert type(JsBigInt(5)) is JsBigInt
