import js
import pytest
from pyodide.ffi import JsException, to_js


def test_what_is_logged_is_captured(capsys: pytest.CaptureFixture[str]) -> None:
    js.console.log("a", 1, None, to_js({"k": [1, "x"]}))
    js.console.error("bad")
    told = capsys.readouterr()
    assert told.out == "a 1 undefined { k: [ 1, 'x' ] }\n"
    assert told.err == "bad\n"


@pytest.mark.parametrize("name", ["HTMLRewriter", "caches", "process"])
def test_what_is_not_emulated_says_so(name: str) -> None:
    with pytest.raises(JsException, match=f"js.{name} is not emulated"):
        _ = getattr(js, name).default
