"""Ids, beyond what local workerd has: jurisdictions, and ids of other classes."""

from typing import Any

import pytest
from pyodide.ffi import JsException

from pytest_cfbindings.durable_objects.ids import IdFactory


def test_ids_are_those_of_local_workerd() -> None:
    found = IdFactory("-ProbeSql").from_name("a")
    assert found.digits == (
        "42d27980901cbac3778a709479713418a83f11452672bcb0fef0407233e9b4b6"
    )


def test_a_stub_of_another_class_cannot_be_had(env: Any) -> None:
    foreign = env.INITIALIZED.idFromName("a")
    with pytest.raises(JsException, match="is not valid for this namespace"):
        env.COUNTER.get(foreign)


def test_a_jurisdiction_has_ids_of_its_own(env: Any) -> None:
    plain, eu = env.COUNTER, env.COUNTER.jurisdiction("eu")
    assert not eu.idFromName("a").equals(plain.idFromName("a"))
    assert eu.idFromName("a").jurisdiction == "eu"
    assert plain.idFromName("a").jurisdiction is None


def test_a_unique_id_can_be_in_a_jurisdiction(env: Any) -> None:
    assert env.COUNTER.newUniqueId(jurisdiction="eu").jurisdiction == "eu"


def test_the_whole_namespace_takes_ids_of_a_jurisdiction(env: Any) -> None:
    digits = env.COUNTER.jurisdiction("eu").newUniqueId().toString()
    assert env.COUNTER.idFromString(digits).jurisdiction == "eu"


def test_a_jurisdiction_refuses_other_ids(env: Any) -> None:
    eu = env.COUNTER.jurisdiction("eu")
    with pytest.raises(JsException, match="ID is from a different jurisdiction"):
        eu.get(env.COUNTER.idFromName("a"))


def test_an_unknown_jurisdiction_is_refused(env: Any) -> None:
    with pytest.raises(JsException, match="Invalid jurisdiction: mars"):
        env.COUNTER.jurisdiction("mars")


async def test_an_object_reached_by_its_digits_knows_its_name_still(
    env: Any, stub: Any
) -> None:
    await stub.remember()
    again = env.COUNTER.get(env.COUNTER.idFromString(stub.id.toString()))
    assert (await again.whoami())[1] == "one"


async def test_an_object_first_reached_by_its_digits_has_no_name(env: Any) -> None:
    digits = env.COUNTER.idFromName("unnamed").toString()
    stub = env.COUNTER.get(env.COUNTER.idFromString(digits))
    assert (await stub.whoami())[1] is None
