"""list(); the answers are workerd's (measured 2026-07-30)."""

import pytest

from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.maps import JsMap
from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.javascript.values import JsBigInt, null, undefined

from .fakes import Instance, options, refusal, value

STORED = ("", "a", "b", "ba", "bb", "c", "é", "￿", "😀")


def listed(instance: Instance, **chosen: object) -> str:
    """The keys that these options choose, in one text."""
    names = {key: number for number, key in enumerate(STORED)}
    value(instance.storage.put(JsObject({**names})))
    found = value(instance.storage.list(options(**chosen)))
    assert isinstance(found, JsMap)
    return ",".join(str(key) for key, _ in found.items())


ALL = ",".join(STORED)


@pytest.mark.parametrize(
    ("chosen", "keys"),
    [
        ({}, ALL),
        ({"prefix": "b", "start": "ba"}, "ba,bb"),
        ({"prefix": "b", "startAfter": "b"}, "ba,bb"),
        ({"prefix": "b", "end": "bb"}, "b,ba"),
        ({"prefix": "b", "end": "b"}, ""),
        ({"prefix": "b", "start": "c"}, ""),
        (
            {"prefix": "b", "start": "a", "end": "z", "reverse": True, "limit": 2},
            "bb,ba",
        ),
        ({"prefix": ""}, ALL),
        ({"startAfter": "", "limit": 1}, "a"),
        ({"end": ""}, ""),
        ({"prefix": "￿"}, "￿"),
        ({"prefix": "😀"}, "😀"),
        ({"start": "\ud83d"}, "￿,😀"),
        ({"end": "￿"}, ",a,b,ba,bb,c,é"),
        ({"reverse": True}, ",".join(STORED[::-1])),
        ({"reverse": "false", "limit": 1}, "😀"),
        ({"reverse": null, "limit": 2}, ",a"),
        ({"limit": "0x2"}, ",a"),
        ({"limit": JsArray([2])}, ",a"),
        ({"limit": True}, ""),
        ({"limit": 2.9}, ",a"),
        ({"limit": 2**31 - 1}, ALL),
        ({"limit": undefined, "prefix": undefined, "start": undefined}, ALL),
        ({"prefix": null}, ""),
        ({"prefix": JsArray(["b"])}, "b,ba,bb"),
        ({"end": null}, ",a,b,ba,bb,c"),
        ({"start": "b", "end": "b"}, ""),
        ({"start": "c", "end": "a"}, ""),
        ({"startAfter": "a", "end": "a\0"}, ""),
    ],
)
def test_options_choose(
    instance: Instance, chosen: dict[str, object], keys: str
) -> None:
    assert listed(instance, **chosen) == keys


POSITIVE = "TypeError: List limit must be positive."
RANGE = (
    "TypeError: Value out of range. Must be between -2147483648 and 2147483647"
    " (inclusive)."
)
BOTH = "TypeError: list() cannot be called with both start and startAfter values."


@pytest.mark.parametrize(
    ("chosen", "text"),
    [
        ({"limit": 0}, POSITIVE),
        ({"limit": -0.5}, POSITIVE),
        ({"limit": null}, POSITIVE),
        ({"limit": ""}, POSITIVE),
        ({"limit": JsObject()}, POSITIVE),
        ({"limit": float("inf")}, POSITIVE),
        ({"limit": 2147483647.5}, RANGE),
        ({"limit": 1e10, "start": "a", "startAfter": "b"}, RANGE),
        (
            {"limit": JsBigInt(1)},
            "TypeError: Cannot convert a BigInt value to a number",
        ),
        ({"start": "a", "startAfter": null, "limit": 0}, BOTH),
        ({"start": "c", "end": "a", "limit": 0}, POSITIVE),
    ],
)
def test_options_that_make_no_sense_are_refused(
    instance: Instance, chosen: dict[str, object], text: str
) -> None:
    assert refusal(instance.storage.list, options(**chosen)) == text


def test_options_have_to_be_an_object(instance: Instance) -> None:
    assert refusal(instance.storage.list, "a") == (
        "TypeError: Failed to execute 'list' on 'DurableObjectStorage': parameter 1 is"
        " not of type 'ListOptions'."
    )


def test_a_misspelled_option_is_pointed_out(instance: Instance) -> None:
    with pytest.warns(UserWarning, match="it is spelled 'startAfter'"):
        value(instance.storage.list(options(start_after="a")))
