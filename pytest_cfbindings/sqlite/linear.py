"""Sums of unknowns and known figures, and what equations say of them.

An unknown is a number, a known figure a name. A sum maps both to their factors.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TypeAlias

Term: TypeAlias = int | str
Factor: TypeAlias = int | Fraction
Sum: TypeAlias = dict[Term, Factor]


def add(total: Sum, other: Mapping[Term, Factor], factor: Factor = 1) -> None:
    """Add a multiple of another sum."""
    for term, amount in other.items():
        value = total.get(term, 0) + factor * amount
        if value:
            total[term] = value
        else:
            total.pop(term, None)


class Solution:
    """What follows from equations: some unknowns, by the others and what is known."""

    def __init__(self, equations: Iterable[Mapping[Term, Factor]]) -> None:
        self.solved: dict[int, Sum] = {}
        self._users: dict[int, set[int]] = {}
        """Which solved unknowns are said by an unknown."""
        for equation in equations:
            self._solve(self.reduced(equation))

    def reduced(self, total: Mapping[Term, Factor]) -> Sum:
        """The same sum without the unknowns that are solved."""
        result: Sum = {}
        for term, factor in total.items():
            if isinstance(term, int) and term in self.solved:
                add(result, self.solved[term], factor)
            else:
                add(result, {term: factor})
        return result

    def _solve(self, equation: Sum) -> None:
        """Take a sum that is 0 for what it says of one of its unknowns."""
        unknowns = [term for term in equation if isinstance(term, int)]
        if not unknowns:
            return
        unknown = min(unknowns, key=lambda term: abs(equation[term]) != 1)
        factor = equation.pop(unknown)
        value: Sum = {term: _divided(-f, factor) for term, f in equation.items()}
        for user in self._users.pop(unknown, ()):
            said = self.solved[user]
            if unknown in said:  # It may have cancelled out since.
                add(said, value, said.pop(unknown))
                self._note(user, value)
        self.solved[unknown] = value
        self._note(unknown, value)

    def _note(self, user: int, said_by: Sum) -> None:
        for term in said_by:
            if isinstance(term, int):
                self._users.setdefault(term, set()).add(user)


def _divided(value: Factor, divisor: Factor) -> Factor:
    if divisor in (1, -1):
        return value * divisor
    quotient = Fraction(value) / divisor
    return int(quotient) if quotient.denominator == 1 else quotient
