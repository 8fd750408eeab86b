"""Whole, not negative solutions of what the equations leave open."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from .linear import Sum

_MOST_TRIES = 150

Limit: TypeAlias = int | float
"""A whole number, or infinity."""


@dataclass(frozen=True, slots=True)
class Row:
    """`unknowns` and `known` times their factors: at least 0, and whole by `unit`."""

    unknowns: tuple[tuple[int, int], ...]
    known: tuple[tuple[str, int], ...]
    unit: int = 1

    @classmethod
    def of(cls, total: Sum) -> "Row":
        """The sum with whole factors, which `unit` divides again."""
        unit = math.lcm(*(Fraction(factor).denominator for factor in total.values()))
        return cls(
            tuple((t, int(f * unit)) for t, f in total.items() if isinstance(t, int)),
            tuple((t, int(f * unit)) for t, f in total.items() if isinstance(t, str)),
            unit,
        )

    def filled(self, figures: Mapping[str, int]) -> "FilledRow":
        """The row of one run."""
        constant = sum(factor * figures[name] for name, factor in self.known)
        return FilledRow(self.unknowns, constant, self.unit)


@dataclass(frozen=True, slots=True)
class FilledRow:
    """Unknowns times their factors, and a number."""

    unknowns: tuple[tuple[int, int], ...]
    constant: int
    unit: int

    def negative(self) -> "FilledRow":
        """The row times -1."""
        unknowns = tuple((unknown, -factor) for unknown, factor in self.unknowns)
        return FilledRow(unknowns, -self.constant, self.unit)

    def less(self, amount: int) -> "FilledRow":
        """The row minus a number."""
        return FilledRow(self.unknowns, self.constant - amount * self.unit, self.unit)

    def value(self, fixed: "Ranges") -> int | None:
        """The number that the row is; None if that is still open, or none at all."""
        total = self.constant
        for unknown, factor in self.unknowns:
            if fixed.least[unknown] != fixed.most[unknown]:
                return None
            total += factor * fixed.least[unknown]
        return total // self.unit if total % self.unit == 0 else None


class Impossible(Exception):
    """There is no solution."""


class Ranges:
    """The least and the most of each unknown."""

    def __init__(self, least: dict[int, int], most: dict[int, Limit]) -> None:
        self.least = least
        self.most = most

    def narrow(
        self,
        rows: Sequence[FilledRow],
        loops: Sequence[tuple[FilledRow, FilledRow]],
    ) -> None:
        """Follow what the rows say until nothing changes. Raises Impossible.

        Of the two rows of a loop, what is inside is 0 if what enters is.
        """
        changed = True
        while changed:
            changed = False
            for row in rows:
                changed |= self._follow(row)
            for entering, inside in loops:
                changed |= self._follow_loop(entering, inside)

    def _follow_loop(self, entering: FilledRow, inside: FilledRow) -> bool:
        if self._most_of(entering) <= 0:
            return self._follow(inside.negative())
        if self._most_of(inside.negative()) < 0:
            return self._follow(entering.less(1))
        return False

    def _most_of(self, row: FilledRow) -> Limit:
        return row.constant + sum(self._highest(u, f) for u, f in row.unknowns)

    def _follow(self, row: FilledRow) -> bool:
        """Each unknown has to make up for what the others at most give."""
        highest = self._most_of(row)
        if highest < 0:
            raise Impossible
        changed = False
        for unknown, factor in row.unknowns:
            others = self._without(row, unknown, factor, highest)
            if math.isfinite(others):
                changed |= self._keep(unknown, factor, int(others))
        return changed

    def _highest(self, unknown: int, factor: int) -> Limit:
        return factor * (self.most[unknown] if factor > 0 else self.least[unknown])

    def _without(
        self, row: FilledRow, unknown: int, factor: int, highest: Limit
    ) -> Limit:
        if math.isfinite(highest):
            return highest - self._highest(unknown, factor)
        return row.constant + sum(
            self._highest(u, f) for u, f in row.unknowns if u != unknown
        )

    def _keep(self, unknown: int, factor: int, others: int) -> bool:
        """factor * unknown + others is at least 0."""
        if factor > 0:
            least = -(others // factor)
            if least <= self.least[unknown]:
                return False
            self.least[unknown] = least
        else:
            most = others // -factor
            if most >= self.most[unknown]:
                return False
            self.most[unknown] = most
        if self.least[unknown] > self.most[unknown]:
            raise Impossible
        return True

    def widest_first(self, row: FilledRow) -> list[int]:
        """The unknowns of a row that are open, those with the fewest values first."""
        found = [u for u, _ in row.unknowns if self.least[u] != self.most[u]]
        return sorted(found, key=lambda u: self.most[u] - self.least[u])


class Search:
    """Which values a row can have, in all solutions of the others."""

    def __init__(
        self,
        rows: Sequence[FilledRow],
        loops: Sequence[tuple[FilledRow, FilledRow]],
    ) -> None:
        self._rows = rows
        self._loops = loops
        self._tries = 0
        self.found: set[int] = set()
        self.complete = True
        """Whether `found` holds all that there are, or at least two."""

    def run(self, target: FilledRow, ranges: Ranges) -> None:
        """Look until two values are found or nothing is left to try."""
        self._tries += 1
        if self._tries > _MOST_TRIES:
            self.complete = False
            return
        try:
            ranges.narrow(self._rows, self._loops)
        except Impossible:
            return
        openings = ranges.widest_first(target) or self._openings(ranges)
        if not openings:
            self._note(target, ranges)
            return
        unknown = openings[0]
        least, most = ranges.least[unknown], ranges.most[unknown]
        if not math.isfinite(most):
            self.complete = False
            return
        for value in range(least, int(most) + 1):
            fixed = Ranges(dict(ranges.least), dict(ranges.most))
            fixed.least[unknown] = fixed.most[unknown] = value
            self.run(target, fixed)
            if len(self.found) > 1 or not self.complete:
                return

    def _openings(self, ranges: Ranges) -> list[int]:
        """What is open besides the target: it has to have a solution as well."""
        for row in self._rows:
            openings = ranges.widest_first(row)
            if openings:
                return openings
        return []

    def _note(self, target: FilledRow, ranges: Ranges) -> None:
        if all(row.value(ranges) is not None for row in self._rows):
            value = target.value(ranges)
            if value is not None:
                self.found.add(value)
