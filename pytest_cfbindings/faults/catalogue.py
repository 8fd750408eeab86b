"""The errors of production that a test can arm, by product and name."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, Literal

from ..interference import End

Certainty = Literal["documented", "measured", "source", "reported", "unknown"]
"""How production's text is known: from Cloudflare's documentation, by asking workerd,
from its source, from logs of those who met it. Where it is not, one of ours stands."""


@dataclass(frozen=True, slots=True)
class Known:
    """An error: how a test names it, and what a Worker gets.

    `text` lacks what the binding puts around it: `KV PUT failed: `, `D1_ERROR: `,
    `put: ` and `(10001)`. `refused` says that the service turns the call away, so that
    it never has an effect; `flags` are the properties of the error that are true; `end`
    says what becomes of a Durable Object. `code` is another name for it.
    """

    name: str
    text: str
    source: str
    certainty: Certainty = "documented"
    code: int | None = None
    refused: bool = False
    flags: tuple[str, ...] = ()
    end: End = "call"


@dataclass(frozen=True, slots=True)
class Product:
    """What can be armed for the bindings of a product.

    `methods` are those that ask something of the service; None is any but those that
    nobody can call, `uncallable`.
    """

    name: str
    methods: tuple[str, ...] | None
    errors: tuple[Known, ...]
    uncallable: tuple[str, ...] = ()

    def error(self, name: str | int | None) -> Known:
        """The error of a name or a code; of None the first one.

        Raises ValueError, naming near ones, for a name that no error has.
        """
        if name is None:
            return self.errors[0]
        for known in self.errors:
            if name == known.name or (known.code is not None and name == known.code):
                return known
        names = [known.name for known in self.errors]
        raise ValueError(f"{self.name} has no error {name!r}; {_near(name, names)}")

    def check_method(self, method: object) -> None:
        """Raises ValueError, naming near ones, for a method that there is not."""
        if not isinstance(method, str):
            raise ValueError(f"cf.fail() takes the name of a method, not {method!r}")
        if method in self.uncallable:
            raise ValueError(
                f"{method}() of {self.name} is called by the platform alone: faults are"
                " for calls through a binding"
            )
        if method != ANY and self.methods is not None and method not in self.methods:
            raise ValueError(
                f"{self.name} has no method {method!r} that can fail;"
                f" {_near(method, list(self.methods))}"
            )


ANY: Final = "*"
"""Any method."""


def _near(name: object, names: list[str]) -> str:
    near = get_close_matches(str(name), names, n=3)
    if near:
        return f"did you mean {' or '.join(map(repr, near))}?"
    return f"there are {', '.join(map(repr, names))}"
