"""What goes wrong with seeds and dumps."""


class SeedError(ValueError):
    """A seed cannot be stored; the message names the source, the entry and why."""


class RestoreError(ValueError):
    """A dump cannot be put back; the message says where in it and why."""
