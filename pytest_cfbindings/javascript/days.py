"""Days of the Gregorian calendar, as far as JavaScript's dates go."""

# Days before each month of a year that begins in March.
_BEFORE_MONTH = (0, 31, 61, 92, 122, 153, 184, 214, 245, 275, 306, 337)
_BEFORE_EPOCH = 719_468
"""Days from March 1 of the year 0 to the epoch."""


def days_before(year: int, month: int) -> int:
    """Days from the epoch to the first day of a month; month 0 is January, and what is
    not one of 0 to 11 belongs to another year."""
    year += (month - 2) // 12
    before_year = year * 365 + year // 4 - year // 100 + year // 400
    return before_year + _BEFORE_MONTH[(month - 2) % 12] - _BEFORE_EPOCH
