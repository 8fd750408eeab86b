"""What a call throws, as JavaScript would print it."""

from collections.abc import Callable

import pytest

from pytest_cfbindings.javascript.conversions import to_string
from pytest_cfbindings.javascript.errors import JsThrow


def thrown(call: Callable[..., object], *arguments: object) -> str:
    """String(error) of what the call throws."""
    with pytest.raises(JsThrow) as caught:
        call(*arguments)
    return to_string(caught.value.value)
