"""The static functions of Promise: resolve, reject, all, allSettled, race, any."""

from .aggregate_error import AggregateError
from .arrays import JsArray
from .errors import JsThrow
from .iteration import iterate
from .objects import JsFunction, JsObject, native
from .promises import JsPromise, promise_of
from .values import undefined


def _resolve(value: object = undefined) -> JsPromise:
    return promise_of(value)


def _reject(reason: object = undefined) -> JsPromise:
    return JsPromise.rejected(reason)


def _promises(values: object) -> list[JsPromise]:
    return [promise_of(value) for value in iterate(values)]


def _all(values: object = undefined) -> JsPromise:
    async def collect() -> JsArray:
        promises = _promises(values)
        failed = await _first(promises, "rejected")
        if failed.settled:
            raise JsThrow(failed.outcome)
        return JsArray([await promise for promise in promises])

    return JsPromise.run(collect())


async def _first(promises: list[JsPromise], state: str) -> JsPromise:
    """Fulfilled or rejected as the first promise that comes to that state.

    It is pending where all are settled, and none of them like that.
    """
    made = JsPromise()

    def settle(promise: JsPromise) -> None:
        if promise.state == state:
            made.resolve(promise)

    for promise in promises:
        promise.when_settled(settle)
    for promise in promises:
        if not promise.settled and not made.settled:
            await _either(promise, made).settling()
    return made


def _either(*promises: JsPromise) -> JsPromise:
    made = JsPromise()
    for promise in promises:
        promise.when_settled(made.resolve)
    return made


def _all_settled(values: object = undefined) -> JsPromise:
    async def collect() -> JsArray:
        return JsArray([await _settled(promise) for promise in _promises(values)])

    return JsPromise.run(collect())


async def _settled(promise: JsPromise) -> JsObject:
    try:
        return JsObject({"status": "fulfilled", "value": await promise})
    except JsThrow as rejected:
        return JsObject({"status": "rejected", "reason": rejected.value})


def _race(values: object = undefined) -> JsPromise:
    async def wait() -> object:
        return await _either(*_promises(values))

    return JsPromise.run(wait())


def _any(values: object = undefined) -> JsPromise:
    async def wait() -> object:
        promises = _promises(values)
        fulfilled = await _first(promises, "fulfilled")
        if fulfilled.settled:
            return await fulfilled
        reasons = JsArray(promise.outcome for promise in promises)
        raise JsThrow(
            AggregateError.js_construct(reasons, "All promises were rejected")
        )

    return JsPromise.run(wait())


def _with_resolvers() -> JsObject:
    made = JsPromise()
    return JsObject(
        {
            "promise": made,
            "resolve": native(made.resolve, "resolve"),
            "reject": native(made.reject, "reject"),
        }
    )


def _try(call: object = undefined, *arguments: object) -> JsPromise:
    assert isinstance(call, JsFunction)
    try:
        return promise_of(call.invoke(undefined, arguments))
    except Exception as exception:
        return JsPromise.failed(exception)


PROMISE_FUNCTIONS = {
    "resolve": native(_resolve, "resolve"),
    "reject": native(_reject, "reject"),
    "all": native(_all, "all"),
    "allSettled": native(_all_settled, "allSettled"),
    "race": native(_race, "race"),
    "any": native(_any, "any"),
    "withResolvers": native(_with_resolvers, "withResolvers"),
    "try": native(_try, "try"),
}
