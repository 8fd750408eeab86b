"""D1's errors: a prefix that says where, and a cause without it."""

from hashlib import blake2b

from ..javascript.errors import JsError, JsThrow


def d1_error(prefix: str, detail: str, cause: str | None = None) -> JsThrow:
    """`throw new Error(prefix: detail, {cause: new Error(detail)})`."""
    found = JsError(f"{prefix}: {detail}")
    found.properties["cause"] = JsError(detail if cause is None else cause)
    return JsThrow(found)


class Refused(Exception):
    """The service refused a request, and rolled it back."""

    def __init__(self, detail: str, sql: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.sql = sql
        """The text that failed."""


class Crashed(Exception):
    """The service broke over a request: no prefix stands before the text."""

    def __init__(self, text: str, sql: str | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.sql = sql
        """The text that broke it; None when it was the commit."""


def internal_error(sql: str) -> Crashed:
    """What workerd says when a statement ended the transaction (measured).

    The reference is random there; here it is the same for the same statement.
    """
    reference = blake2b(sql.encode("utf-8", "replace"), digest_size=12).hexdigest()
    return Crashed(f"internal error; reference = {reference}", sql)


class MigrationFailure(Exception):
    """A migration failed: the database that it belongs to cannot be used."""
