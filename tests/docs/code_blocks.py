"""The code of a page, as the files of a small project."""

import re
from pathlib import Path

_BLOCK = re.compile(
    r'^```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<code>.*?)^```$',
    re.MULTILINE | re.DOTALL,
)


def files_of(page: Path) -> dict[str, str]:
    """The blocks of a page by file name, in their order.

    A block with a title is that file, or the next part of it; Python without a title
    is a test module of its own. Other blocks without a title are not for running.
    """
    found: dict[str, str] = {}
    for number, block in enumerate(_BLOCK.finditer(page.read_text(encoding="utf-8"))):
        name = block["title"]
        if name is None and block["language"] == "python":
            name = f"test_block_{number}.py"
        if name is not None:
            found[name] = found.get(name, "") + block["code"]
    return found
