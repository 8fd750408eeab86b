import js
import pytest
from pyodide.ffi import JsException, create_proxy, to_js


def test_a_controller_aborts_its_signal_once() -> None:
    controller, seen = js.AbortController.new(), []
    listener = create_proxy(lambda event: seen.append((event.type, str(event))))
    controller.signal.addEventListener("abort", listener)
    assert (controller.signal.aborted, controller.signal.reason) == (False, None)
    controller.abort()
    controller.abort("again")
    assert controller.signal.aborted
    assert str(controller.signal.reason) == "AbortError: The operation was aborted"
    assert seen == [("abort", "[object Event]")]


def test_the_handler_comes_before_the_listeners() -> None:
    controller, order = js.AbortController.new(), []
    listener = create_proxy(lambda _event: order.append("listener"))
    handler = create_proxy(lambda _event: order.append("handler"))
    controller.signal.addEventListener("abort", listener)
    controller.signal.onabort = handler
    controller.abort()
    assert order == ["handler", "listener"]


def test_a_signal_can_be_made_aborted() -> None:
    signal = js.AbortSignal.abort("why")
    assert signal.reason == "why"
    with pytest.raises(JsException, match="AbortError: The operation was aborted"):
        js.AbortSignal.abort().throwIfAborted()


def test_any_follows_the_first_of_several() -> None:
    first, second = js.AbortController.new(), js.AbortController.new()
    either = js.AbortSignal.any(to_js([first.signal, second.signal]))
    second.abort("second")
    first.abort("first")
    assert either.reason == "second"


def test_any_takes_an_array_only() -> None:
    with pytest.raises(JsException, match="parameter 1 is not of type 'Array'"):
        js.AbortSignal.any([js.AbortSignal.abort()])


def test_a_signal_is_not_made_with_new() -> None:
    with pytest.raises(JsException, match="Illegal constructor"):
        js.AbortSignal.new()
