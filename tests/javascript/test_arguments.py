import warnings

import pytest

from pytest_cfbindings.javascript.arguments import (
    IgnoredArgumentWarning,
    warn_of_object_as_text,
    warn_of_surplus,
    warn_of_unknown_options,
    wrong_parameter,
)
from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.conversions import to_string
from pytest_cfbindings.javascript.objects import JsObject

KNOWN = ("expiration", "expirationTtl", "metadata")


def test_a_wrong_parameter_is_named() -> None:
    assert to_string(wrong_parameter("put", "KvNamespace", 2, "string").value) == (
        "TypeError: Failed to execute 'put' on 'KvNamespace':"
        " parameter 2 is not of type 'string'."
    )


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("expiration_ttl", "it is spelled 'expirationTtl'."),
        ("expirationTTL", "it is spelled 'expirationTtl'."),
        ("expiraton", "it is spelled 'expiration'."),
        ("zzz", "the options are expiration, expirationTtl, metadata."),
    ],
)
def test_an_unknown_option_is_told_with_the_right_spelling(
    name: str, advice: str
) -> None:
    options = JsObject({name: 1, "metadata": 2})
    with pytest.warns(IgnoredArgumentWarning) as caught:
        warn_of_unknown_options("put", options, KNOWN)
    [warning] = caught
    assert str(warning.message) == (
        f"put ignores the option {name!r}, as Workers do; {advice}"
    )


def test_arguments_behind_the_last_are_told() -> None:
    with pytest.warns(IgnoredArgumentWarning, match="everything after its argument 2"):
        warn_of_surplus("put", [1, 2, 3], 2)


def test_an_object_as_text_is_told() -> None:
    with pytest.warns(IgnoredArgumentWarning, match="takes an object for its key"):
        warn_of_object_as_text("get", JsObject(), "key")


def test_what_is_right_is_not_told() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warn_of_unknown_options("put", JsObject({"metadata": 1}), KNOWN)
        warn_of_surplus("put", [1, 2], 2)
        warn_of_object_as_text("get", "text", "key")
        warn_of_object_as_text("get", JsArray(), "key")
    assert caught == []


def test_the_warning_points_at_the_users_line() -> None:
    with pytest.warns(IgnoredArgumentWarning) as caught:
        warn_of_surplus("put", [1], 0)
    assert caught[0].filename == __file__
