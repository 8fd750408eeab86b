"""crypto: random values and digests (measured on workerd)."""

import hashlib
import secrets
import uuid

from ..global_scope import GlobalScope
from ..javascript.buffers import JsArrayBuffer, JsBuffer, JsView
from ..javascript.conversions import to_string
from ..javascript.errors import dom_exception, type_error
from ..javascript.objects import JsObject, getter, method
from ..javascript.promises import JsPromise
from ..javascript.typed_array_class import JsTypedArray
from ..javascript.values import undefined

_DIGESTS = {
    "SHA-1": "sha1",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
    "MD5": "md5",
}
_MOST_RANDOM_BYTES = 65_536
"""The largest view that getRandomValues fills, in bytes."""


class Crypto(JsObject):
    """`crypto`; random values are refused in global scope."""

    __slots__ = ("_scope", "_subtle")

    class_name = "Crypto"

    def __init__(self, scope: GlobalScope) -> None:
        super().__init__()
        self._scope = scope
        self._subtle = SubtleCrypto()

    @getter
    def subtle(self) -> "SubtleCrypto":
        return self._subtle

    @method
    def randomUUID(self) -> str:
        self._scope.check()
        return str(uuid.uuid4())

    @method
    def getRandomValues(self, into: object = undefined) -> object:
        self._scope.check()
        if not isinstance(into, JsView):
            raise type_error(
                "Failed to execute 'getRandomValues' on 'Crypto': parameter 1 is not of"
                " type 'JsArrayBufferView'."
            )
        if not isinstance(into, JsTypedArray) or into.code in "fd":
            raise dom_exception(
                "TypeMismatchError",
                "ArrayBufferView argument to getRandomValues() must be an"
                " integer-typed view.",
            )
        if into.byte_length > _MOST_RANDOM_BYTES:
            raise dom_exception(
                "QuotaExceededError",
                "getRandomValues() only accepts buffers of size <= 64K but provided"
                f" {into.byte_length} bytes.",
            )
        into.view()[:] = secrets.token_bytes(into.byte_length)
        return into


class SubtleCrypto(JsObject):
    """`crypto.subtle`, as far as digests go."""

    __slots__ = ()

    class_name = "SubtleCrypto"

    @method
    def digest(
        self, algorithm: object = undefined, data: object = undefined
    ) -> JsPromise:
        return JsPromise.attempt(lambda: _digest(algorithm, data))

    @method
    def timingSafeEqual(self, one: object = undefined, two: object = undefined) -> bool:
        if not isinstance(one, JsBuffer) or not isinstance(two, JsBuffer):
            place = 2 if isinstance(one, JsBuffer) else 1
            raise type_error(
                "Failed to execute 'timingSafeEqual' on 'SubtleCrypto': parameter"
                f" {place} is not of type 'JsBufferSource'."
            )
        if len(one.view()) != len(two.view()):
            raise type_error("Input buffers must have the same byte length.")
        return secrets.compare_digest(one.to_bytes(), two.to_bytes())


def _digest(algorithm: object, data: object) -> JsArrayBuffer:
    if not isinstance(data, JsBuffer):
        raise type_error(
            "Failed to execute 'digest' on 'SubtleCrypto': parameter 2 is not of type"
            " 'JsBufferSource'."
        )
    given = algorithm.js_get("name") if isinstance(algorithm, JsObject) else algorithm
    name = _DIGESTS.get(to_string(given).upper())
    if name is None:
        raise dom_exception(
            "NotSupportedError",
            "Unrecognized or unimplemented digest algorithm requested.",
        )
    made = hashlib.new(name, data.to_bytes(), usedforsecurity=False)
    return JsArrayBuffer(made.digest())
