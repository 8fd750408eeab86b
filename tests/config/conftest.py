import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from pytest_cfbindings.config import Config, Loaded, load

Read: TypeAlias = Callable[..., Loaded]
Messages: TypeAlias = Callable[..., list[str]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write a configuration (a table, or the text itself) and load it."""

    def read(
        content: Any,
        *,
        name: str = "wrangler.jsonc",
        env: str | None = None,
        environ: dict[str, str] | None = None,
        **files: str,
    ) -> Loaded:
        text = content if isinstance(content, str) else json.dumps(content)
        (tmp_path / name).write_bytes(text.encode())
        for file, body in files.items():
            (tmp_path / file).write_bytes(body.encode())
        return load(Path(name), cwd=tmp_path, env=env, environ=environ or {})

    return read


@pytest.fixture
def config(read: Read) -> Callable[..., Config]:
    """Load a configuration that has to be right."""

    def config(*args: Any, **kwargs: Any) -> Config:
        loaded = read(*args, **kwargs)
        assert loaded.config is not None, loaded.error_text()
        return loaded.config

    return config


@pytest.fixture
def errors(read: Read) -> Messages:
    return lambda *args, **kwargs: [e.message for e in read(*args, **kwargs).errors]


@pytest.fixture
def warnings(read: Read) -> Messages:
    return lambda *args, **kwargs: [w.message for w in read(*args, **kwargs).warnings]
