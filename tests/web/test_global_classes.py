import pytest

from pytest_cfbindings.clock import Clock
from pytest_cfbindings.global_scope import GlobalScope
from pytest_cfbindings.javascript.objects import JsConstructor, JsObject
from pytest_cfbindings.web.global_classes import add_web_classes


@pytest.mark.parametrize("name", ["Headers", "ReadableStream", "Request", "Response"])
def test_the_classes_are_global(name: str) -> None:
    made = JsObject()
    add_web_classes(made, Clock(), GlobalScope())
    constructor = made.js_get(name)
    assert isinstance(constructor, JsConstructor)
    assert constructor.js_get("name") == name
