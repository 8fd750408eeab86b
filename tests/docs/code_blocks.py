"""The code of a page, as the files of a small project."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(
    r'^```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<code>.*?)^```$',
    re.MULTILINE | re.DOTALL,
)
_FENCE = re.compile(r"^.*```.*$", re.MULTILINE)
_FAILED = re.compile(r"^(?P<file>\S+\.py):\d+: \w+$", re.MULTILINE)
_SHOWN = ("text", "console")
"""What is shown, and runs nowhere: drawings, and what a terminal says."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a page; without a title it has no file of its own."""

    language: str
    title: str | None
    code: str


def blocks_of(page: str) -> list[Block]:
    """All blocks of a page's text, in their order."""
    return [Block(**found.groupdict()) for found in _BLOCK.finditer(page)]


def files_of(page: Path) -> dict[str, str]:
    """The blocks of a page by file name, in their order.

    A block with a title is that file, or the next part of it; Python without a title
    is a test module of its own. Other blocks without a title are no files.
    """
    found: dict[str, str] = {}
    for number, block in enumerate(blocks_of(page.read_text(encoding="utf-8"))):
        name = block.title
        if name is None and block.language == "python":
            name = f"test_block_{number}.py"
        if name is not None:
            found[name] = found.get(name, "") + block.code
    return found


def settings_of(page: Path) -> list[str]:
    """The ini files of a page without a title: each stands for itself."""
    blocks = blocks_of(page.read_text(encoding="utf-8"))
    return [b.code for b in blocks if b.language == "ini" and b.title is None]


def reports_of(page: Path) -> list[str]:
    """What pytest shows of the tests of a page that fail on purpose."""
    blocks = blocks_of(page.read_text(encoding="utf-8"))
    return [
        block.code
        for block in blocks
        if block.language == "text" and _FAILED.search(block.code)
    ]


def left_out(page: str) -> list[str]:
    """The fences of a page that open or close nothing that is run or only shown.

    One that is indented would be taken for text, and one with another language or
    other attributes for something that nobody runs.
    """
    known: list[str] = []
    for block in blocks_of(page):
        if block.title or block.language in ("python", "ini", *_SHOWN):
            title = f' title="{block.title}"' if block.title else ""
            known += [f"```{block.language}{title}", "```"]
    return list((Counter(_FENCE.findall(page)) - Counter(known)).elements())
