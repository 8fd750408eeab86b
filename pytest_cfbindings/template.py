"""Template: what the tests of one module begin with; the fixture `cf_template`."""

from pathlib import Path
from typing import Any

from .session import Session
from .state.seeds import Seed


class Template:
    """What every test of a module finds in storage. Paths start from `folder`."""

    def __init__(self, session: Session, folder: Path) -> None:
        self._session = session
        self._folder = folder

    def seed(self, binding: Any, data: Any) -> None:
        """Have every test of the module begin with this, too; see `cf.seed`.

        `binding` is a name, or an attribute of `from workers import env`. Raises
        SeedError where production would not store the data.
        """
        name = self._session.name_of(binding, "seed")
        self._session.seed_module(Seed(name, data, self._folder))
