"""Sets a case up: what its text assigns to globalThis, until the case is over."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pytest_cfbindings.javascript.objects import JsObject, native

from .prelude import apply, describe
from .proxies import ProxyObject
from .statements import Interpreter

_FAKES = Path(__file__).with_name("fakes.js").read_text(encoding="utf-8")


@contextmanager
def set_up(global_object: JsObject, text: str, with_env: bool) -> Iterator[Any]:
    """Run the text with the prelude in place; gives the `env` of fake bindings.

    Everything it leaves on the global object is removed in the end. Raises
    Unsupported if the text is beyond the interpreter.
    """
    before = dict(global_object.properties)
    names = global_object.properties
    names[ProxyObject.class_name] = ProxyObject.constructor
    names["describe"] = native(lambda value=None: describe(value), "describe")
    names["apply"] = native(apply, "apply")
    interpreter = Interpreter(global_object)
    try:
        if with_env:
            interpreter.run(f"{_FAKES}\nglobalThis.env = fakes()")
        interpreter.run(text)
        yield names.get("env")
    finally:
        names.clear()
        names.update(before)
