"""Critical sections: which code of an object may run while others have to wait."""

from collections import deque

from ..javascript.errors import error

_DEEPEST = 64


class Section:
    """A critical section, or the object's life as the outermost of them.

    Sections that were asked for inside of one another nest; those asked for side by
    side run one after another.
    """

    __slots__ = ("depth", "ended", "inner", "outer")

    def __init__(self, outer: "Section | None" = None) -> None:
        self.outer = outer
        self.depth: int = 0 if outer is None else outer.depth + 1
        self.inner: deque[Section] = deque()
        self.ended = False

    def __repr__(self) -> str:
        state = "ended" if self.ended else f"{len(self.inner)} inside"
        return f"<Section {self.depth} deep: {state}>"

    def add(self) -> "Section":
        """A section inside of this one, behind those that are there.

        Raises a JavaScript Error when they are nested too deeply.
        """
        if self.depth >= _DEEPEST:
            raise error("blockConcurrencyWhile() calls are nested too deeply.")
        made = Section(self)
        self.inner.append(made)
        return made

    def end(self) -> None:
        """Be over; what is still inside of it takes its place."""
        outer = self.outer
        assert outer is not None
        place = outer.inner.index(self)
        del outer.inner[place]
        for section in reversed(self.inner):
            section.outer = outer
            outer.inner.insert(place, section)
        self.inner.clear()
        self.ended = True

    def living(self) -> "Section":
        """The innermost section around this one that is not over."""
        section = self
        while section.ended:
            assert section.outer is not None
            section = section.outer
        return section

    def active(self) -> "Section":
        """The section inside of this one whose turn it is."""
        section = self
        while section.inner:
            section = section.inner[0]
        return section
