from typing import Any

import pytest

ENDPOINT = "https://account.r2.cloudflarestorage.com"


def client(endpoint: str = ENDPOINT, **options: Any) -> Any:
    """A boto3 client as R2's documentation makes it."""
    import boto3

    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        region_name="auto",
        **options,
    )


@pytest.fixture(scope="session")
def s3() -> Any:
    """One client for all tests: it may be older than the test that uses it."""
    return client()
