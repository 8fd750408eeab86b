import js
import pytest
from pyodide.ffi import JsException, to_js

from pytest_cfbindings.global_scope import GlobalScope
from pytest_cfbindings.web.crypto import Crypto
from pytest_cfbindings.web.timers import Timers
from tests.javascript.throws import thrown


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("sha-1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        ("MD5", "900150983cd24fb0d6963f7d28e17f72"),
    ],
)
async def test_digests(name: str, digest: str) -> None:
    made = await js.crypto.subtle.digest(name, to_js(b"abc"))
    assert made.to_bytes().hex() == digest
    again = await js.crypto.subtle.digest(to_js({"name": name}), to_js(b"abc").buffer)
    assert again.to_bytes() == made.to_bytes()


async def test_an_unknown_digest_is_refused() -> None:
    with pytest.raises(JsException, match="NotSupportedError: Unrecognized or unimp"):
        await js.crypto.subtle.digest("nope", to_js(b"abc"))


def test_random_values_fill_an_array() -> None:
    array = js.Uint8Array.new(32)
    assert js.crypto.getRandomValues(array) == array
    assert any(array)


@pytest.mark.parametrize(
    ("cls", "size", "message"),
    [
        ("Float32Array", 1, "TypeMismatchError: ArrayBufferView argument to"),
        ("Uint8Array", 65537, "QuotaExceededError: .* but provided 65537 bytes"),
        ("ArrayBuffer", 1, "parameter 1 is not of type 'JsArrayBufferView'"),
    ],
)
def test_what_cannot_be_filled_is_refused(cls: str, size: int, message: str) -> None:
    with pytest.raises(JsException, match=message):
        js.crypto.getRandomValues(getattr(js, cls).new(size))


async def test_global_scope_refuses_random_values_and_timers() -> None:
    scope = GlobalScope()
    callback = js.Object.__js__
    with scope.entered():
        for call in (Crypto(scope).randomUUID, Timers(scope).clear):
            assert thrown(call).startswith("Error: Disallowed operation called within")
        assert thrown(Timers(scope).set_timeout, callback).startswith("Error: Disall")
        waiting = Timers(scope).wait(1)
    assert waiting.state == "rejected"
