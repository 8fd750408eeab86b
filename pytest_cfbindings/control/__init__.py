"""What a test can do that a Worker cannot: `Cf`, and its powers by family."""

from .cf import Cf
from .on_workerd import CfOnWorkerd

__all__ = ["Cf", "CfOnWorkerd"]
