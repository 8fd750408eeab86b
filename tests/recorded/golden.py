"""Where the recorded answers of workerd, Pyodide and wrangler are read from."""

import json
import os
from pathlib import Path
from typing import Any

_OURS = Path(__file__).parents[1] / "golden"


def folder() -> Path:
    """The recordings in use: `CFBINDINGS_GOLDEN` if it is set, else our own copies."""
    named = os.environ.get("CFBINDINGS_GOLDEN")
    return Path(named) if named else _OURS


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of one recording, `kv.json` for instance.

    One that the folder in use does not have is our own.
    """
    file = folder() / name
    if not file.exists():
        file = _OURS / name
    found = json.loads(file.read_text(encoding="utf-8"))
    return found["cases"] if isinstance(found, dict) else found
