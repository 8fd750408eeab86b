"""The configurations of a session: which one is meant, read once, and fit for use."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .config import Config, Loaded, find, load
from .state.seeds import Seed


class ConfigurationError(Exception):
    """A configuration cannot be used; the message says which, where and what to do."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which configuration to use: the file if it was named, and the environment.

    `seeds` are what its storage holds whenever a test begins. `on_workerd` says whether
    the real runtime has the bindings; it is given up when it does not answer within
    `timeout` seconds.
    """

    path: Path | None
    environment: str | None
    root: Path
    seeds: tuple[Seed, ...] = ()
    on_workerd: bool = False
    timeout: float = 30.0

    @property
    def named(self) -> bool:
        """Whether the file was named, rather than discovered."""
        return self.path is not None


class Configurations:
    """What a session's tests may use, by file and environment."""

    def __init__(self, choice: Choice, environ: Mapping[str, str]) -> None:
        self._choice = choice
        self._environ = dict(environ)
        self._loaded: dict[tuple[Path | None, str | None], Loaded] = {}
        self._found: Path | None = None

    def loaded(
        self, path: Path | None = None, environment: str | None = None
    ) -> Loaded:
        """A configuration with its errors and warnings, read once."""
        key = (
            path or self.found(),
            self._choice.environment if environment is None else environment,
        )
        found = self._loaded.get(key)
        if found is None:
            found = load(
                key[0], cwd=self._choice.root, env=key[1], environ=self._environ
            )
            self._loaded[key] = found
        return found

    def found(self) -> Path | None:
        """The file that is used when a test asks for no other."""
        if self._found is None:
            self._found = self._choice.path or find(self._choice.root)
        return self._found

    def config(
        self, path: Path | None = None, environment: str | None = None
    ) -> Config:
        """A usable configuration. Raises ConfigurationError."""
        loaded = self.loaded(path, environment)
        if loaded.config is not None:
            self._check_is_python(loaded.config)
            return loaded.config
        if loaded.errors:
            raise ConfigurationError(loaded.error_text())
        raise ConfigurationError(
            "There is no Worker configuration: neither wrangler.json, wrangler.jsonc"
            f" nor wrangler.toml is in {self._choice.root} or a folder above it."
            " Name the file: pytest --cf-config path/to/wrangler.toml"
        )

    def _check_is_python(self, config: Config) -> None:
        """Only a file that was named may belong to a Worker that is not Python's."""
        if self._choice.named or config.is_python or config.path != self.found():
            return
        main = "no main" if config.main is None else f"main {config.main.name!r}"
        raise ConfigurationError(
            f"{config.path} was found, but it has {main}, which is no Python module,"
            " so pytest-cfbindings leaves the project alone."
            " To use its bindings all the same, name it: pytest --cf-config"
            f" {config.path.name}"
        )

    def active(self) -> bool:
        """Whether the session has a Worker: a file that was named, or a Python main."""
        if self._choice.named:
            return True
        config = self.loaded().config
        return config is not None and config.is_python
