"""What a test can do that a Worker cannot: `Cf`, and its powers by family."""

from .cf import Cf

__all__ = ["Cf"]
