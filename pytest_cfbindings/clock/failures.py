"""What failed where no caller was left to be told."""

from dataclasses import dataclass


class AlarmFailedWarning(UserWarning):
    """An alarm failed for good, and the test did not look at `cf.failed_alarms`."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that was due, such as an alarm whose retries are used up."""

    what: str
    error: BaseException


class Failures:
    """The failures of one test."""

    def __init__(self) -> None:
        self._all: list[Failure] = []
        self._told = 0
        self._errors: list[BaseException] = []

    def add(self, what: str, error: BaseException) -> None:
        """Keep a failure of the Worker's own, for the test to see."""
        self._all.append(Failure(what, error))

    def all(self) -> list[Failure]:
        """All of them; whoever asks has been told."""
        self._told = len(self._all)
        return list(self._all)

    def warnings(self) -> list[AlarmFailedWarning]:
        """Of those that the test did not ask for."""
        return [
            AlarmFailedWarning(
                f"{failure.what[:1].upper()}{failure.what[1:]} failed for good, with"
                f" {type(failure.error).__name__}: {failure.error}"
                " (cf.failed_alarms has the error; a test that looks there is not"
                " warned)"
            )
            for failure in self._all[self._told :]
        ]

    def raise_later(self, error: BaseException) -> None:
        """Keep an error of ours, which the next journey raises."""
        self._errors.append(error)

    def raise_first(self) -> None:
        """Raise such an error."""
        if self._errors:
            raise self._errors.pop(0)
