from typing import Any

import pytest

from .conftest import Messages


@pytest.mark.parametrize(
    ("connect", "message"),
    [
        ({}, 'The field "connect" should be an array but got {}.'),
        ([5], '"connect[0]" should be an object, but got 5'),
        (
            [{"port": 1}],
            '"connect[0]" should have a "protocol" field of "tcp" or "udp"'
            ' but got {"port":1}.',
        ),
        (
            [{"protocol": "tcp", "port": 0}],
            '"connect[0]" should have an integer "port" field between 1 and 65535'
            ' but got {"protocol":"tcp","port":0}.',
        ),
        (
            [{"protocol": "tcp", "port": 1}, {"protocol": "tcp", "port": 1}],
            '"connect[1]" has the same "protocol" (tcp) and "port" (1) as "connect[0]".'
            ' Each entry in "connect" must use a unique protocol/port combination.',
        ),
        (
            [{"protocol": "udp", "port": 1, "idle_timeout_ms": -1}],
            '"connect[0]" should have an integer "idle_timeout_ms" field between 0 and'
            ' 4294967295 but got {"protocol":"udp","port":1,"idle_timeout_ms":-1}.',
        ),
    ],
)
def test_a_wrong_handler_is_refused_in_wranglers_words(
    connect: Any, message: str, errors: Messages
) -> None:
    assert errors({"connect": connect}) == [message]
