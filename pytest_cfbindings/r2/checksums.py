"""The five checksums of put, and what objects show of them."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ..javascript.buffers import JsArrayBuffer, JsBuffer
from ..javascript.errors import type_error
from ..javascript.objects import JsObject, PropertyKey, getter, method
from ..javascript.text import utf8_length
from ..javascript.values import undefined
from .errors import Refused, bad_digest
from .fields import wrong_field

_HEX = re.compile("[0-9a-fA-F]*")


@dataclass(frozen=True, slots=True)
class Algorithm:
    """A checksum: its field's name, its name in errors, its digest's size in bytes."""

    field: str
    shown: str
    size: int
    new: Callable[[bytes], Any]

    def digest(self, data: bytes) -> bytes:
        """The checksum of these bytes."""
        digest: bytes = self.new(data).digest()
        return digest


ALGORITHMS: Final = (
    Algorithm("md5", "MD5", 16, lambda data: hashlib.md5(data, usedforsecurity=False)),
    Algorithm(
        "sha1", "SHA-1", 20, lambda data: hashlib.sha1(data, usedforsecurity=False)
    ),
    Algorithm("sha256", "SHA-256", 32, hashlib.sha256),
    Algorithm("sha384", "SHA-384", 48, hashlib.sha384),
    Algorithm("sha512", "SHA-512", 64, hashlib.sha512),
)


@dataclass(frozen=True, slots=True)
class Expected:
    """The checksum that the content of a put is said to have."""

    algorithm: Algorithm
    digest: bytes

    def check(self, data: bytes) -> None:
        """Raises Refused if the content has another one."""
        actual = self.algorithm.digest(data)
        if actual != self.digest:
            raise Refused(
                bad_digest(self.algorithm.shown, self.digest.hex(), actual.hex())
            )


def read_fields(options: JsObject, owner: str) -> dict[Algorithm, str | bytes]:
    """The hashes that an options object of type `owner` gives, of the right types."""
    given: dict[Algorithm, str | bytes] = {}
    for algorithm in ALGORITHMS:
        value = options.js_get(algorithm.field)
        if isinstance(value, str):
            given[algorithm] = value
        elif isinstance(value, JsBuffer):
            given[algorithm] = value.to_bytes()
        elif value is not undefined:
            raise wrong_field(algorithm.field, owner, "JsBufferSource or string")
    return given


def expected(given: Mapping[Algorithm, str | bytes]) -> Expected | None:
    """The one checksum that was given.

    Raises a JavaScript TypeError for a malformed one and for a second one.
    """
    found: Expected | None = None
    for algorithm, value in given.items():
        if found is not None:
            raise type_error("You cannot specify multiple hashing algorithms.")
        found = Expected(algorithm, _digest(algorithm, value))
    return found


def _digest(algorithm: Algorithm, value: str | bytes) -> bytes:
    name, size = algorithm.shown, algorithm.size
    if isinstance(value, bytes):
        if len(value) != size:
            raise type_error(f"{name} is {size} bytes, not {len(value)}")
        return value
    length = utf8_length(value)
    if length != size * 2:
        raise type_error(f"{name} is {size * 2} hex characters, not {length}")
    if not _HEX.fullmatch(value):
        raise type_error(f"Provided {name} wasn't a valid hex string")
    return bytes.fromhex(value)


class Checksums(JsObject):
    """What `object.checksums` is; digests are bytes, or undefined."""

    __slots__ = ("_digests", "_explicit")

    class_name = "Checksums"

    def __init__(self, digests: Mapping[str, bytes], explicit: bool) -> None:
        super().__init__()
        self._digests = digests
        self._explicit = explicit

    def _buffer(self, name: str) -> object:
        digest = self._digests.get(name)
        return undefined if digest is None else JsArrayBuffer(digest)

    @getter
    def md5(self) -> object:
        return self._buffer("md5")

    @getter
    def sha1(self) -> object:
        return self._buffer("sha1")

    @getter
    def sha256(self) -> object:
        return self._buffer("sha256")

    @getter
    def sha384(self) -> object:
        return self._buffer("sha384")

    @getter
    def sha512(self) -> object:
        return self._buffer("sha512")

    @method
    def toJSON(self) -> JsObject:
        found: dict[PropertyKey, object] = {}
        for algorithm in ALGORITHMS:
            digest = self._digests.get(algorithm.field)
            if digest is not None:
                found[algorithm.field] = digest.hex()
            elif self._explicit:
                found[algorithm.field] = undefined
        return JsObject(found)
