"""What mkdocs puts into pages: `<!-- limits: kv. sql. -->` becomes their table."""

import re

from pytest_cfbindings.limits import LIMITS, Limit

_MARK = re.compile(r"<!-- limits: (.*?) -->")
_HEAD = (
    "| limit | value | | checked by `wrangler dev` | source |\n|---|---:|---|---|---|\n"
)


def on_page_markdown(markdown: str, **_: object) -> str:
    """mkdocs' hook, for each page before it is rendered."""
    return _MARK.sub(lambda mark: limits_table(mark[1].split()), markdown)


def limits_table(prefixes: list[str]) -> str:
    """The limits whose names begin with one of the prefixes, in their own order."""
    chosen = [
        limit for name, limit in LIMITS.items() if name.startswith(tuple(prefixes))
    ]
    if not chosen:
        raise ValueError(f"There are no limits {' '.join(prefixes)}.")
    return _HEAD + "\n".join(map(_row, chosen))


def _row(limit: Limit) -> str:
    source = limit.source
    if source.startswith("https:"):
        source = f"[documentation]({source})"
    local = "yes" if limit.local else "**no**"
    return f"| `{limit.name}` | {limit.value:,} | {limit.unit} | {local} | {source} |"
