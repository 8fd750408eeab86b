from typing import Any

import pytest

from .conftest import Messages


@pytest.mark.parametrize(
    ("key", "entry", "message"),
    [
        (
            "vectorize",
            {"binding": "V"},
            '"vectorize[0]" bindings must have an "index_name" field'
            ' but got {"binding":"V"}.',
        ),
        (
            "hyperdrive",
            {"binding": "H"},
            '"hyperdrive[0]" bindings must have a "id" field but got {"binding":"H"}.',
        ),
        (
            "analytics_engine_datasets",
            {"binding": "A", "dataset": ""},
            '"analytics_engine_datasets[0]" bindings should, optionally, have a string'
            ' "dataset" field but got {"binding":"A","dataset":""}.',
        ),
        (
            "analytics_engine_datasets",
            "A",
            '"analytics_engine" bindings should be objects, but got "A"',
        ),
        (
            "send_email",
            {"binding": "M"},
            '"send_email[0]" bindings should have a string "name" field'
            ' but got {"binding":"M"}.',
        ),
        (
            "ratelimits",
            {"name": "R", "namespace_id": "1", "simple": {"limit": 1, "period": 30}},
            '"ratelimits[0]" bindings "simple.period" must be either 10 or 60'
            " but got 30.",
        ),
        (
            "ratelimits",
            {"name": "R", "namespace_id": "1"},
            '"ratelimits[0]" bindings must have a "simple" configuration object'
            ' but got {"name":"R","namespace_id":"1"}.',
        ),
        (
            "mtls_certificates",
            {"binding": "C", "certificate_id": ""},
            '"mtls_certificates[0]" bindings should have a string "certificate_id"'
            ' field but got {"binding":"C","certificate_id":""}.',
        ),
        (
            "vpc_networks",
            {"binding": "N"},
            '"vpc_networks[0]" bindings must have either a "tunnel_id" or "network_id"'
            ' field but got {"binding":"N"}.',
        ),
        (
            "vpc_networks",
            {"binding": "N", "tunnel_id": "a", "network_id": "b"},
            '"vpc_networks[0]" bindings must have either a "tunnel_id" or'
            ' "network_id", but not both.',
        ),
        (
            "flagship",
            {"binding": "F", "app_id": 1},
            '"flagship[0]" bindings may have a string "app_id" field'
            ' but got {"binding":"F","app_id":1}.',
        ),
        (
            "worker_loaders",
            5,
            '"worker_loader" bindings should be objects, but got 5',
        ),
    ],
)
def test_a_wrong_entry_is_refused_in_wranglers_words(
    key: str, entry: Any, message: str, errors: Messages
) -> None:
    assert errors({key: [entry]}) == [message]


def test_an_email_binding_takes_one_kind_of_destination(errors: Messages) -> None:
    entry = {
        "name": "M",
        "destination_address": "a@b",
        "allowed_destination_addresses": ["a@b"],
    }
    assert errors({"send_email": [entry]}) == [
        '"send_email[0]" bindings should have either a "destination_address" or'
        ' "allowed_destination_addresses" field, but not both.'
    ]
