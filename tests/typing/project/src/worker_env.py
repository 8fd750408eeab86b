"""The bindings of wrangler.toml, for annotations.

Made by `python -m pytest_cfbindings types`: run it again when they change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from pytest_cfbindings.typing import (
        D1Database,
        DurableObjectNamespace,
        Fetcher,
        KVNamespace,
        Queue,
        R2Bucket,
        RateLimit,
    )


class Env(Protocol):
    GREETING: str
    LARGEST: int
    FEATURES: Any  # JSON
    CACHE: KVNamespace
    DB: D1Database
    FILES: R2Bucket
    ROOMS: DurableObjectNamespace  # Room
    MAILS: Queue  # mails
    OTHER: Fetcher  # Service
    AI: Any  # Workers AI
    LIMIT: RateLimit  # Rate limiting
