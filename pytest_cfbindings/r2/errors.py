"""What R2 refuses, with the number, the text and the S3 error of each refusal.

The texts are those measured on workerd, or production's where the two differ; the S3
codes are documented at https://developers.cloudflare.com/r2/api/error-codes/.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from ..javascript.errors import error


@dataclass(frozen=True, slots=True)
class Problem:
    """A numbered error; `s3_code` and `status` are its form at the S3 API."""

    number: int
    text: str
    s3_code: str
    status: int


class Refused(Exception):
    """R2 does not do what was asked; whoever asked is told in his own way."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text)
        self.problem = problem


INTERNAL: Final = Problem(
    10001,
    "We encountered an internal error. Please try again.",
    "InternalError",
    500,
)
TOO_SMALL: Final = Problem(
    10011,
    "Your proposed upload is smaller than the minimum allowed object size.",
    "EntityTooSmall",
    400,
)
METADATA_TOO_LARGE: Final = Problem(
    10012,
    "Your metadata headers exceed the maximum allowed metadata size.",
    "MetadataTooLarge",
    400,
)
INVALID_NAME: Final = Problem(
    10020, "The specified object name is not valid.", "InvalidObjectName", 400
)
INVALID_MAX_KEYS: Final = Problem(
    10022,
    "MaxKeys params must be positive integer <= 1000.",
    "InvalidMaxKeys",
    400,
)
NO_SUCH_UPLOAD: Final = Problem(
    10024, "The specified multipart upload does not exist.", "NoSuchUpload", 404
)
INVALID_PART: Final = Problem(
    10025,
    "One or more of the specified parts could not be found.",
    "InvalidPart",
    400,
)
KEY_COUNT: Final = Problem(
    10027,
    "The number of keys in the request must be between 1 and 1000 inclusive.",
    "MalformedXML",
    400,
)
INVALID_RANGE: Final = Problem(
    10039, "The requested range is not satisfiable", "InvalidRange", 416
)
UPLOAD_PROBLEM: Final = Problem(
    10048, "There was a problem with the multipart upload.", "InvalidPart", 400
)
UNEQUAL_PARTS: Final = Problem(
    10048,
    "All non-trailing parts must have the same length.",
    "InvalidPart",
    400,
)
TOO_LARGE: Final = Problem(
    100100,
    "Your proposed upload exceeds the maximum allowed object size.",
    "EntityTooLarge",
    400,
)


def bad_digest(algorithm: str, given: str, actual: str) -> Problem:
    """The content is not what its checksum says; both sums are lower-case hex."""
    return Problem(
        10037,
        f"The {algorithm} checksum you specified did not match what we received.\n"
        f"You provided a {algorithm} checksum with value: {given}\n"
        f"Actual {algorithm} was: {actual}",
        "BadDigest",
        400,
    )


@contextmanager
def thrown_by(action: str) -> Iterator[None]:
    """Have a refusal thrown as the Error that a Worker gets."""
    try:
        yield
    except Refused as refused:
        problem = refused.problem
        raise error(f"{action}: {problem.text} ({problem.number})") from None
