"""The R2 buckets of a configuration: bindings, and the stores beneath them."""

from collections.abc import Mapping

from ..clock import Clock
from ..config import Config
from ..global_scope import GlobalScope
from ..javascript.objects import PropertyKey
from ..r2.bucket import R2Bucket, Shape
from ..r2.service import Service
from ..r2.store import Store
from .compatibility import is_enabled


class R2Buckets:
    """Bindings of one `store` share a bucket."""

    def __init__(self, config: Config, clock: Clock, scope: GlobalScope) -> None:
        self._buckets = config.r2_buckets
        shape = Shape(
            explicit=is_enabled(config, "enable_fast_jsg_struct", "2025-12-03"),
            honors_include=is_enabled(config, "r2_list_honor_include", "2022-08-04"),
        )
        self.stores: dict[str, Store] = {}
        self.bindings: dict[PropertyKey, R2Bucket] = {}
        for bucket in config.r2_buckets:
            store = self.stores.get(bucket.store)
            if store is None:
                store = self.stores[bucket.store] = Store(clock, bucket.store)
            self.bindings[bucket.binding] = R2Bucket(
                bucket.binding, Service(store), scope, shape
            )

    def services(self, jurisdiction: str | None) -> Mapping[str, Service]:
        """The buckets of a jurisdiction, by every name that the file has for them."""
        found: dict[str, Service] = {}
        for bucket in self._buckets:
            if bucket.jurisdiction == jurisdiction:
                for name in (bucket.store, bucket.bucket_name):
                    if name is not None:
                        found.setdefault(name, Service(self.stores[bucket.store]))
        return found
