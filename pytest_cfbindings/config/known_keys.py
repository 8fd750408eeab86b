"""The keys wrangler 4.164 knows, and what a misspelt one was meant to be."""

from collections.abc import Iterable

TOP_LEVEL_ONLY = (
    "pages_build_output_dir",
    "send_metrics",
    "dependencies_instrumentation",
    "keep_vars",
    "addresses",
    "dev",
    "site",
    "alias",
    "wasm_modules",
    "text_blobs",
    "data_blobs",
    "env",
    "$schema",
)
"""Keys that an environment cannot have."""

COMPUTED = (
    "configPath",
    "userConfigPath",
    "topLevelName",
    "definedEnvironments",
    "targetEnvironment",
)
"""Names of wrangler's own results. A file that has them gets no warning."""


def suggestion(unknown: Iterable[str], known: Iterable[str]) -> str | None:
    """A hint that names the key probably meant, None when nothing is near."""
    from difflib import get_close_matches

    hints = []
    for key in unknown:
        near = get_close_matches(key, list(known), n=1, cutoff=0.75)
        if near:
            hints.append(f'Did you mean "{near[0]}" instead of "{key}"?')
    return " ".join(hints) or None
