"""What a test begins with: the bindings store it at the beginning of each test."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from ..javascript.errors import JsThrow
from ..state.contents import Contents
from ..state.kv import KvDraft
from ..state.refusals import text_of
from .kv_copy import KvCopy

if TYPE_CHECKING:
    from ..state.local_state import LocalState

Skip = Callable[[str], NoReturn]

NO_LOCAL_STATE = (
    "--cf-backend=workerd has no seeds from .wrangler/state: they are stored as they"
    " are, which no binding can do"
)


@contextmanager
def skipped_if_refused(source: str, skip: Skip) -> Iterator[None]:
    """Skip the test if a binding does not store what a seed has."""
    try:
        yield
    except JsThrow as thrown:
        skip(
            f"--cf-backend=workerd cannot store the {source}: the binding would have"
            f" to, which says: {text_of(thrown)}"
        )


class KvBeginning:
    """Implements `Draft`: a TTL counts from now, and a moment may have passed.

    `embedded` judges the seed, as production would.
    """

    def __init__(
        self,
        embedded: Contents,
        copy: KvCopy,
        now_ms: Callable[[], int],
        skip: Skip,
    ) -> None:
        self._embedded = embedded
        self._copy = copy
        self._now_ms = now_ms
        self._skip = skip
        self.storage = embedded.storage

    def seed(self, data: Any, source: str) -> None:
        draft = self._draft()
        draft.seed(data, source)
        self._store(draft, source)

    def seed_file(self, path: Path, source: str) -> None:
        draft = self._draft()
        draft.seed_file(path, source)
        self._store(draft, source)

    def seed_local_state(self, state: "LocalState") -> None:
        self._skip(NO_LOCAL_STATE)

    def image(self) -> object:
        """Nothing: there is no template."""
        return None

    def _draft(self) -> KvDraft:
        draft = self._embedded.draft()
        assert isinstance(draft, KvDraft)
        return draft

    def _store(self, draft: KvDraft, source: str) -> None:
        with skipped_if_refused(source, self._skip):
            for key, entry in draft.image().items():
                at = entry.expiration
                if at is not None and at * 1000 <= self._now_ms():
                    self._copy.delete(key)
                else:
                    self._copy.put(key, entry)
