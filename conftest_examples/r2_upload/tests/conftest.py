import pytest
from credits import connect


@pytest.fixture
def s3(monkeypatch):
    """The script's own client; any keys will do."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    return connect("0f2ac74b498b48028cb68387c421e279")
