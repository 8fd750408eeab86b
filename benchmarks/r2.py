"""R2 through `env`, against moto's backend alone and boto3 under `mock_aws`."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from pytest_cfbindings.session import Session

Report = Callable[[str, float, str, float], None]
Seconds = Callable[[Callable[[], object], int], float]
AsyncSeconds = Callable[[Callable[[], Awaitable[object]], int], Awaitable[float]]

WRANGLER = """
[[r2_buckets]]
binding = "BUCKET"
bucket_name = "bucket"
"""
SIZES = {"1 KiB": 1024, "5 MiB": 5 * 1024 * 1024}
LISTED = 100


class Bench:
    """The same operations by three ways into a bucket."""

    def __init__(
        self,
        session: Session,
        report: Report,
        seconds: Seconds,
        async_seconds: AsyncSeconds,
    ) -> None:
        self.binding = session.env().BUCKET
        self.report = report
        self.seconds = seconds
        self.async_seconds = async_seconds

    def run(self) -> None:
        """All figures."""
        import boto3
        from moto import mock_aws
        from moto.s3.models import S3Backend

        backend: Any = S3Backend("us-east-1", "123456789012")
        backend.create_bucket("alone", "us-east-1")
        with mock_aws():
            client = boto3.client(
                "s3",
                region_name="us-east-1",
                aws_access_key_id="key",
                aws_secret_access_key="secret",
            )
            client.create_bucket(Bucket="mocked")
            for name, size in SIZES.items():
                asyncio.run(self.objects(name, b"x" * size, backend, client))
            for count in (1_000, 20_000):
                asyncio.run(self.listing(count, backend, client))
        backend.reset()

    async def objects(self, name: str, data: bytes, backend: Any, client: Any) -> None:
        """put and get of one size."""
        times = 2000 if len(data) < 10_000 else 20
        ours = await self.async_seconds(lambda: self.binding.put("k", data), times)
        put = self.seconds(lambda: backend.put_object("alone", "k", data).etag, times)
        boto = self.seconds(
            lambda: client.put_object(Bucket="mocked", Key="k", Body=data),
            min(times, 200),
        )
        self.compare(f"R2 put of {name}", ours, put, boto)

        async def read() -> object:
            return bytes(await (await self.binding.get("k")).bytes())

        ours = await self.async_seconds(read, times)
        get = self.seconds(lambda: backend.get_object("alone", "k").value, times)
        boto = self.seconds(
            lambda: client.get_object(Bucket="mocked", Key="k")["Body"].read(),
            min(times, 200),
        )
        self.compare(f"R2 get of {name}", ours, get, boto)

    async def listing(self, count: int, backend: Any, client: Any) -> None:
        """list of a page among many keys."""
        bucket = backend.buckets["alone"]
        for number in range(count):
            key = f"{number:06}"
            await self.binding.put(key, b"")
            backend.put_object("alone", key, b"")
        client.put_object(Bucket="mocked", Key="k", Body=b"")
        ours = await self.async_seconds(lambda: self.binding.list(limit=LISTED), 50)

        def by_moto() -> object:
            return backend.list_objects_v2(bucket, None, None, None, None, LISTED)

        moto = self.seconds(by_moto, 3)
        self.report(f"R2 list of {LISTED} in {count:,}", ours, "moto alone", moto)

    def compare(self, what: str, ours: float, moto: float, boto: float) -> None:
        """Two lines, one for each reference."""
        self.report(what, ours, "moto's backend", moto)
        self.report(what, ours, "boto3 under mock_aws", boto)
