"""The names that workerd keeps for itself."""


def is_free(name: str | None) -> bool:
    """Whether a Worker may use a table, index, view or trigger of that name."""
    return name is None or name[:4].lower() != "_cf_"
