"""A binding that is configured but cannot be used, and says so on first use."""

from ..javascript.objects import JsObject, PropertyKey


class UnknownMigration(Exception):
    """A test asks for a D1 migration that no database has."""


class UnusableBinding(Exception):
    """A binding was used that this project's configuration cannot provide."""


class RefusedBinding(JsObject):
    """Can be passed around and asked for its class; any use raises UnusableBinding."""

    __slots__ = ("reason",)

    class_name = "RefusedBinding"

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason

    def js_lookup(self, key: PropertyKey) -> object:
        if key in self.members:
            return super().js_lookup(key)
        raise UnusableBinding(self.reason)

    def js_has(self, key: PropertyKey) -> bool:
        return key in self.members
