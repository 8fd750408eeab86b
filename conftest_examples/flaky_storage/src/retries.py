"""Trying again what may have failed by accident."""

import asyncio

from pyodide.ffi import JsException

TRANSIENT = (
    "Network connection lost",
    "storage caused object to be reset",
    "reset because its code was updated",
    "429 Too Many Requests",
    "500 Internal Server Error",
)
PAUSES = (0.1, 1, 2)


async def retrying(attempt):
    """The result of an attempt, or of one of three more, each after a longer pause."""
    for pause in PAUSES:
        try:
            return await attempt()
        except JsException as error:
            if not any(text in str(error) for text in TRANSIENT):
                raise
            await asyncio.sleep(pause)
    return await attempt()
