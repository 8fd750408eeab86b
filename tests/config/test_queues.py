from typing import Any

import pytest

from .conftest import Messages


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([], 'The field "queues" should be an object but got [].'),
        (
            {"consumers": {}},
            'The field "queues.consumers" should be an array but got {}.',
        ),
        (
            {"producers": [{"binding": "Q", "queue": ""}]},
            '"queues.producers[0]" bindings should optionally have a non-empty string'
            ' "queue" field but got {"binding":"Q","queue":""}.',
        ),
        (
            {"consumers": [{"queue": "q", "max_retries": "3"}]},
            '"queues.consumers[0]" should, optionally, have a number "max_retries"'
            ' field but got {"queue":"q","max_retries":"3"}.',
        ),
        (
            {"consumers": [{"queue": "q", "type": "http_pull"}]},
            '"queues.consumers[0].type" has an invalid value "http_pull". Only "worker"'
            " consumers can be configured in your Wrangler configuration.",
        ),
    ],
)
def test_wrong_queues_are_refused_in_wranglers_words(
    value: Any, message: str, errors: Messages
) -> None:
    assert errors({"queues": value}) == [message]


def test_a_producer_with_an_unknown_key_is_not_looked_at(errors: Messages) -> None:
    assert errors({"queues": {"producers": [{"oops": 1}]}}) == []


def test_delivery_delays_are_deprecated(warnings: Messages) -> None:
    producer = {"binding": "Q", "queue": "q", "delivery_delay": 5}
    [message] = warnings({"queues": {"producers": [producer]}})
    assert message.startswith('The "delivery_delay" field in "queues.producers[0]"')
