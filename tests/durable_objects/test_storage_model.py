"""The storage against a plain dict, whatever is done with it."""

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from pytest_cfbindings.durable_objects.operations import StorageOperations
from pytest_cfbindings.durable_objects.transaction import DurableObjectTransaction
from pytest_cfbindings.javascript.arrays import JsArray
from pytest_cfbindings.javascript.errors import JsThrow, error
from pytest_cfbindings.javascript.maps import JsMap
from pytest_cfbindings.javascript.objects import JsObject
from pytest_cfbindings.javascript.values import undefined

from .fakes import Instance, callback, options, plain, value

KEYS = st.text("ab\0é￿😀", max_size=3)
VALUES = st.integers(0, 9)
MANY = st.dictionaries(KEYS, VALUES, max_size=4)
LIST = st.fixed_dictionaries(
    {},
    optional={
        "start": KEYS,
        "end": KEYS,
        "prefix": KEYS,
        "reverse": st.booleans(),
        "limit": st.integers(1, 4),
    },
)
Model = dict[str, int]
Step = Callable[[StorageOperations, Model], None]


def encoded(key: str) -> bytes:
    return key.encode()


def chosen(model: Model, wanted: dict[str, object]) -> list[tuple[str, int]]:
    """What list() should give, said in another way."""
    start, end = str(wanted.get("start", "")), wanted.get("end")
    found = [
        (key, stored)
        for key, stored in sorted(model.items(), key=lambda item: encoded(item[0]))
        if encoded(key) >= encoded(start)
        and (end is None or encoded(key) < encoded(str(end)))
        and key.startswith(str(wanted.get("prefix", "")))
    ]
    if wanted.get("reverse"):
        found.reverse()
    limit = wanted.get("limit")
    return found[:limit] if isinstance(limit, int) else found


def check_list(
    storage: StorageOperations, model: Model, wanted: dict[str, object]
) -> None:
    listed = value(storage.list(options(**wanted)))
    assert isinstance(listed, JsMap)
    assert listed.items() == chosen(model, wanted)


def put(storage: StorageOperations, model: Model, entries: Model) -> None:
    value(storage.put(JsObject({**entries})))
    model.update(entries)


def delete(storage: StorageOperations, model: Model, keys: list[str]) -> None:
    expected = len(model.keys() & set(keys))
    assert value(storage.delete(JsArray(keys))) == expected
    for key in keys:
        model.pop(key, None)


STEPS = st.lists(
    st.one_of(
        MANY.map(lambda entries: lambda s, m: put(s, m, entries)),
        st.lists(KEYS, max_size=3).map(lambda keys: lambda s, m: delete(s, m, keys)),
        LIST.map(lambda wanted: lambda s, m: check_list(s, m, wanted)),
    ),
    max_size=5,
)


class StorageMachine(RuleBasedStateMachine):
    """`model` is what the storage shows, `committed` what a reset goes back to."""

    kind: bool
    keys = Bundle("keys")

    @initialize()
    def start(self) -> None:
        self.instance = Instance(sqlite=self.kind)
        self.model: Model = {}
        self.committed: Model = {}

    def teardown(self) -> None:
        self.instance.store.close()

    @rule(target=keys, key=KEYS)
    def know_a_key(self, key: str) -> str:
        return key

    @rule(key=keys, number=VALUES)
    def put(self, key: str, number: int) -> None:
        value(self.instance.storage.put(key, number))
        self.model[key] = number

    @rule(entries=MANY)
    def put_many(self, entries: Model) -> None:
        put(self.instance.storage, self.model, entries)

    @rule(key=keys)
    def get(self, key: str) -> None:
        expected = self.model.get(key, undefined)
        assert value(self.instance.storage.get(key)) == expected

    @rule(wanted=st.lists(keys, max_size=4))
    def get_many(self, wanted: list[str]) -> None:
        found = plain(value(self.instance.storage.get(JsArray(wanted))))
        assert found == {k: v for k, v in self.model.items() if k in wanted}
        assert isinstance(found, dict)
        assert list(found) == sorted(found, key=encoded)

    @rule(key=keys)
    def delete(self, key: str) -> None:
        there = self.model.pop(key, None) is not None
        assert value(self.instance.storage.delete(key)) is there

    @rule(wanted=st.lists(keys, max_size=4))
    def delete_many(self, wanted: list[str]) -> None:
        delete(self.instance.storage, self.model, wanted)

    @rule(wanted=LIST)
    def list(self, wanted: dict[str, object]) -> None:
        check_list(self.instance.storage, self.model, wanted)

    @precondition(lambda self: self.kind)
    @rule(wanted=LIST)
    def list_one_by_one(self, wanted: dict[str, object]) -> None:
        entries = self.instance.kv.list(options(**wanted)).toArray()
        assert plain(entries) == [[*pair] for pair in chosen(self.model, wanted)]

    @rule()
    def delete_all(self) -> None:
        value(self.instance.storage.deleteAll())
        self.model.clear()
        self.committed.clear()

    @rule()
    def end_the_turn(self) -> None:
        self.instance.end_turn()
        self.committed = dict(self.model)

    @rule()
    def reset(self) -> None:
        self.instance.store.rollback()
        self.model = dict(self.committed)

    @rule()
    def evict(self) -> None:
        self.end_the_turn()
        self.instance.start()

    @precondition(lambda self: self.kind)
    @rule(steps=STEPS, fails=st.booleans())
    def transaction_sync(self, steps: "list[Step]", fails: bool) -> None:
        inside = dict(self.model)

        def body() -> None:
            for step in steps:
                step(self.instance.storage, inside)
            if fails:
                raise error("undo")

        if fails:
            with pytest.raises(JsThrow):
                self.instance.storage.transactionSync(callback(body))
        else:
            self.instance.storage.transactionSync(callback(body))
            self.model = inside

    @rule(
        steps=STEPS,
        end=st.sampled_from(["commits", "fails", "rolls back"]),
    )
    def transaction(self, steps: "list[Step]", end: str) -> None:
        inside = dict(self.model)

        def body(txn: DurableObjectTransaction) -> None:
            for step in steps:
                step(txn, inside)
            if end == "fails":
                raise error("undo")
            if end == "rolls back":
                txn.rollback()

        async def run() -> None:
            await self.instance.storage.transaction(callback(body))

        if end == "fails":
            with pytest.raises(JsThrow):
                asyncio.run(run())
        else:
            asyncio.run(run())
        if end == "commits":
            self.model = inside
        self.end_the_turn()

    @invariant()
    def shows_what_the_model_has(self) -> None:
        check_list(self.instance.storage, self.model, {})


@pytest.mark.parametrize("kind", [True, False], ids=["sqlite", "key_value"])
def test_the_storage_behaves_as_a_sorted_dict(kind: bool) -> None:
    machine = type("Machine", (StorageMachine,), {"kind": kind})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=40,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
