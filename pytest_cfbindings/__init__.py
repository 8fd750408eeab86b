"""Cloudflare's storage bindings for pytest, as Python Workers see them."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .calls import Call
    from .clock.due import Upcoming
    from .clock.failures import AlarmFailedWarning, Failure
    from .control import Cf
    from .d1.errors import MigrationFailure
    from .javascript.arguments import IgnoredArgumentWarning
    from .state.errors import RestoreError, SeedError
    from .summary import CompatibilityWarning, WranglerWarning
    from .worker.dispatch import UnfinishedTaskWarning
    from .worker.execution_context import WaitUntilFailedWarning
    from .worker.queues import Message, QueueResult
    from .worker.refusal import UnusableBinding
    from .worker.websocket_client import WebSocketClosed, WebSocketRefused

__all__ = [
    "AlarmFailedWarning",
    "Call",
    "Cf",
    "CompatibilityWarning",
    "Failure",
    "IgnoredArgumentWarning",
    "Message",
    "MigrationFailure",
    "QueueResult",
    "RestoreError",
    "SeedError",
    "UnfinishedTaskWarning",
    "UnusableBinding",
    "Upcoming",
    "WaitUntilFailedWarning",
    "WebSocketClosed",
    "WebSocketRefused",
    "WranglerWarning",
]

_HOMES = {
    "AlarmFailedWarning": "clock.failures",
    "Call": "calls",
    "Cf": "control",
    "CompatibilityWarning": "summary",
    "Failure": "clock.failures",
    "IgnoredArgumentWarning": "javascript.arguments",
    "Message": "worker.queues",
    "MigrationFailure": "d1.migrations",
    "RestoreError": "state.errors",
    "SeedError": "state.errors",
    "Upcoming": "clock.due",
    "QueueResult": "worker.queues",
    "UnfinishedTaskWarning": "worker.dispatch",
    "UnusableBinding": "worker.refusal",
    "WaitUntilFailedWarning": "worker.execution_context",
    "WebSocketClosed": "worker.websocket_client",
    "WebSocketRefused": "worker.websocket_client",
    "WranglerWarning": "summary",
}


def __getattr__(name: str) -> Any:
    # Importing the package must stay free of cost: pytest does it in every project.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
