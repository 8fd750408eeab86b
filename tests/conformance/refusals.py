"""What a refused call raises, word for word."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pyodide.ffi import JsException

INT32 = (
    "TypeError: Value out of range. Must be between -2147483648 and 2147483647"
    " (inclusive)."
)

quiet = pytest.mark.filterwarnings("ignore::pytest_cfbindings.IgnoredArgumentWarning")
"""For tests of arguments that production ignores, of which we warn."""


@contextmanager
def refused(text: str) -> Iterator[None]:
    """The code inside raises the runtime's exception with this text and no other."""
    with pytest.raises(JsException) as caught:
        yield
    assert str(caught.value) == text
