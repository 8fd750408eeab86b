"""Ids of Durable Objects, computed as workerd computes them (measured).

An id is 16 bytes, from a name or at random, and 16 bytes that prove it belongs to its
class: names give the same ids as in local development, whatever the machine. Those of
production differ, as it keeps a secret for each class.
"""

import hashlib
import hmac
import secrets

from ..javascript.arguments import wrong_parameter
from ..javascript.errors import type_error
from ..javascript.objects import JsObject, getter, method
from ..javascript.text import as_utf8, wtf8_encode
from ..javascript.values import undefined

_HALF_BYTES = 16
_HEX_DIGITS = 64

JURISDICTIONS = ("eu", "fedramp", "fedramp-high", "us")
"""Where production can be asked to keep objects (documented)."""


class DurableObjectId(JsObject):
    """The id of one object; `digits` is its text."""

    __slots__ = ("digits", "given_name", "region", "unique_key")

    class_name = "DurableObjectId"

    def __init__(
        self, unique_key: str, digits: str, name: str | None, region: str | None
    ) -> None:
        super().__init__()
        self.unique_key = unique_key
        self.digits = digits
        self.given_name = name
        self.region = region

    def __repr__(self) -> str:
        name = "" if self.given_name is None else f" {self.given_name!r}"
        return f"<DurableObjectId{name} {self.digits}>"

    def js_to_string(self) -> str:
        return self.digits

    @method
    def toString(self) -> str:
        return self.digits

    @method
    def equals(self, other: object = undefined) -> bool:
        if not isinstance(other, DurableObjectId):
            raise wrong_parameter("equals", "DurableObjectId", 1, "DurableObjectId")
        return self.digits == other.digits

    @getter
    def name(self) -> object:
        return undefined if self.given_name is None else self.given_name

    @getter
    def jurisdiction(self) -> object:
        return undefined if self.region is None else self.region


class IdFactory:
    """Makes the ids of one class, in one jurisdiction or in none."""

    def __init__(self, unique_key: str, region: str | None = None) -> None:
        self.unique_key = unique_key
        self.region = region

    def within(self, region: str | None) -> "IdFactory":
        """The factory for a jurisdiction. Raises a JavaScript TypeError."""
        if region is not None and region not in JURISDICTIONS:
            raise type_error(
                f"Invalid jurisdiction: {region}. It is one of"
                f" {', '.join(JURISDICTIONS)}."
            )
        return IdFactory(self.unique_key, region)

    def from_name(self, name: str) -> DurableObjectId:
        """The id that a name always has."""
        first = _mac(_key(self.unique_key, self.region), wtf8_encode(name))
        return self._id(first, as_utf8(name))

    def unique(self) -> DurableObjectId:
        """An id that nothing else has."""
        return self._id(secrets.token_bytes(_HALF_BYTES), None)

    def from_string(self, text: str) -> DurableObjectId:
        """The id behind a text. Raises a JavaScript TypeError for another class's."""
        try:
            raw = bytes.fromhex(text) if len(text) == _HEX_DIGITS else b""
        except ValueError:
            raw = b""
        if len(raw) != 2 * _HALF_BYTES:
            raise type_error("Invalid Durable Object ID: must be 64 hex digits")
        for region in (None, *JURISDICTIONS):
            factory = IdFactory(self.unique_key, region)
            found = factory._id(raw[:_HALF_BYTES], None)
            if found.digits == raw.hex():
                return found
        raise type_error("Durable Object ID is not valid for this namespace.")

    def accepts(self, given: DurableObjectId) -> bool:
        """Whether an id is of this class and, where there is one, this jurisdiction."""
        return self.region is None or given.region == self.region

    def _id(self, first: bytes, name: str | None) -> DurableObjectId:
        second = _mac(_key(self.unique_key, self.region), first)
        digits = (first + second).hex()
        return DurableObjectId(self.unique_key, digits, name, self.region)


def _key(unique_key: str, region: str | None) -> bytes:
    """Local workerd has no jurisdictions: how they enter into an id is ours."""
    text = unique_key if region is None else f"{unique_key}\0{region}"
    return hashlib.sha256(text.encode()).digest()


def _mac(key: bytes, data: bytes) -> bytes:
    return hmac.digest(key, data, "sha256")[:_HALF_BYTES]
