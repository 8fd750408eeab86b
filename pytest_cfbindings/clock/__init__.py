"""The one clock: now, what is due, freezing and travelling."""

from .clock import Clock
from .due import Due, Task

__all__ = ["Clock", "Due", "Task"]
