"""Transactions of workerd whose closures are a test's own.

workerd begins the transaction, and answers what is asked from within it until it is
told how the closure has ended. So what it sees, and what becomes of it, is workerd's.
`synchronous_transactions` has those that nothing can be awaited in.
"""

import asyncio
from functools import partial

from ..durable_objects.sections import Section
from ..javascript.errors import JsThrow
from ..javascript.objects import JsFunction
from ..javascript.promises import JsPromise, promise_of
from ..javascript.values import undefined
from ..limits import DO_SECTION_SECONDS
from .links import Link
from .sections import Sections

_PATIENCE = DO_SECTION_SECONDS.value + 1


def run_transaction(storage: Link, closure: object, *options: object) -> JsPromise:
    """Run `closure` inside of `storage.transaction()`; a promise of its result."""
    assert isinstance(closure, JsFunction)
    section, context = storage.binding.connect().sections.add()
    body = partial(_transaction, storage, section, closure, options)
    return JsPromise.later(body, context)


async def _transaction(
    storage: Link, section: Section, closure: JsFunction, options: tuple[object, ...]
) -> object:
    connection = storage.binding.connect()
    try:
        await connection.sections.turn()
        kind, entered = storage.ask("transaction", "transaction", options)
        if kind != "entered":
            raise JsThrow(entered)
        try:
            given = promise_of(closure.invoke(undefined, (entered,)))
            result = await _watched(storage, connection.sections, given)
        except BaseException:
            if connection.is_open:
                _end(storage, "thrown")
            connection.sections.check()
            raise
        _end(storage, "returned")
        return result
    finally:
        connection.sections.end(section)


def _end(storage: Link, how: str) -> None:
    """The closure has ended. Raises JsThrow if the transaction has in another way."""
    kind, ended = storage.ask("end", how)
    if kind != "resolved":
        raise JsThrow(ended)


async def _watched(storage: Link, sections: Sections, closure: JsPromise) -> object:
    """What a closure gives. Raises JsThrow if its transaction is over before.

    That is so when the test is, and when workerd loses its patience with the closure.
    """
    settling = asyncio.ensure_future(closure.settling())
    try:
        while not closure.settled:
            changes = {settling, sections.changed()}
            first = asyncio.FIRST_COMPLETED
            done, _ = await asyncio.wait(changes, timeout=_PATIENCE, return_when=first)
            sections.check()
            if not done:
                # Whatever it is asked, it says so if it has reset the object.
                storage.request("root", "storage")
        return await closure
    finally:
        settling.cancel()
