"""Asks the emulation what a recorded case asked real Pyodide."""

import ast
import asyncio
import inspect
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pytest_cfbindings.switching import switching

_ADDRESS = re.compile(r"0x[0-9a-f]+")
_STACK_LINE = re.compile(r"(?m)^    at .*\n?")
# These three say yes to every JsProxy, so they tell nothing.
_VAGUE = {"JsDomElement", "JsFetchResponse", "JsWeakRef"}


def clean(text: str | None) -> str | None:
    """Without addresses and stack lines; `pyodide.ffi.JsProxy` is JsProxy here."""
    if text is None:
        return None
    text = _STACK_LINE.sub("", _ADDRESS.sub("0x...", text))
    return text.replace("pyodide.ffi.JsProxy", "JsProxy")


def expected(case: dict[str, Any]) -> list[dict[str, Any]]:
    """The answers to accept.

    Python words its own messages anew from version to version, so for those the
    answers of older versions count as well.
    """
    answers = [case]
    error = case["error"]
    if error is not None and error["type"] in ("TypeError", "AttributeError"):
        older = case.get("older", {}).values()
        answers += [one for one in older if one["error"]]
    found = []
    for answer in answers:
        error = answer["error"]
        if error is not None:
            error = {"type": error["type"], "message": clean(error["message"])}
        found.append(
            {"repr": clean(answer["repr"]), "type": answer["type"], "error": error}
        )
    found[0]["is"] = case.get("is", [])
    return found


async def answer(case: dict[str, Any]) -> dict[str, Any]:
    """What a case evaluates to here."""
    import js  # type: ignore[import-not-found]
    import pyodide  # type: ignore[import-not-found]
    import pyodide.code  # type: ignore[import-not-found]
    import pyodide.ffi as ffi  # type: ignore[import-not-found]
    import pyodide.http  # type: ignore[import-not-found]

    scope = {"__name__": "__case__", "js": js, "pyodide": pyodide, "asyncio": asyncio}
    scope |= {name: getattr(ffi, name) for name in dir(ffi) if name[0] != "_"}
    try:
        value = await asyncio.wait_for(switching(_evaluate(case["python"], scope)), 5)
        text = clean(repr(value))
    except BaseException as error:
        told = {"type": type(error).__name__, "message": clean(str(error))}
        return {"repr": None, "type": None, "error": told, "is": []}
    kinds = [
        name
        for name, kind in sorted(vars(ffi).items())
        if name.startswith("Js") and name not in _VAGUE and isinstance(kind, type)
    ]
    told_kinds = [name for name in kinds if isinstance(value, getattr(ffi, name))]
    name = type(value).__name__
    return {"repr": text, "type": name, "error": None, "is": told_kinds}


async def _evaluate(source: str, scope: dict[str, Any]) -> Any:
    tree = ast.parse(source)
    last = tree.body[-1]
    if isinstance(last, ast.Expr):
        result = ast.Assign([ast.Name("_result_", ast.Store())], last.value)
        tree.body[-1] = ast.copy_location(result, last)
    ast.fix_missing_locations(tree)
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    made = eval(compile(tree, "<exec>", "exec", flags=flags), scope)
    if inspect.iscoroutine(made):
        await made
    return scope.get("_result_")


@contextmanager
def workers_env(env: object) -> Iterator[None]:
    """Let `from workers import env` show these bindings."""
    from _pyodide_entrypoint_helper import (  # type: ignore[import-not-found]
        cloudflareWorkersModule,
    )

    properties = cloudflareWorkersModule.__js__.properties
    before = properties["env"]
    properties["env"] = env
    try:
        yield
    finally:
        properties["env"] = before


def agrees(got: dict[str, Any], wanted: list[dict[str, Any]]) -> bool:
    """Whether an answer is one of those to accept."""
    return any(all(got[name] == value for name, value in one.items()) for one in wanted)
