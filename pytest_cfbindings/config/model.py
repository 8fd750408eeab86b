"""What a Wrangler file says, once it is known to be right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from .diagnostics import Diagnostic, render
from .values import Json

StorageKind: TypeAlias = Literal["sqlite", "kv"]
"""How a Durable Object class stores: `kv` classes have no `storage.sql`."""

DEFAULT_WORKER_NAME = "worker"
"""What wrangler calls a Worker without a name locally."""


@dataclass(frozen=True, slots=True)
class KVNamespace:
    """A KV binding. `store` is what local storage is keyed by."""

    binding: str
    store: str
    id: str | None = None
    preview_id: str | None = None
    remote: bool = False


@dataclass(frozen=True, slots=True)
class MigrationSettings:
    """Where the migrations of a D1 database are.

    `directory` is absolute, `relative_directory` and `pattern` are relative to the
    configuration's folder and use forward slashes. `problem` is wrangler's text when
    the settings contradict each other: then nothing may be applied.
    """

    directory: Path
    relative_directory: str = "migrations"
    pattern: str = "migrations/*.sql"
    table: str = "d1_migrations"
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class D1Database:
    """A D1 binding. `store` is what local storage is keyed by, and may be empty."""

    binding: str
    store: str
    migrations: MigrationSettings
    database_id: str | None = None
    preview_database_id: str | None = None
    database_name: str | None = None
    jurisdiction: str | None = None
    remote: bool = False


@dataclass(frozen=True, slots=True)
class R2Bucket:
    """An R2 binding. `store` is what local storage is keyed by."""

    binding: str
    store: str
    bucket_name: str | None = None
    preview_bucket_name: str | None = None
    jurisdiction: str | None = None
    remote: bool = False


@dataclass(frozen=True, slots=True)
class DurableObjectBinding:
    """A Durable Object binding.

    `worker` is the Worker that has the class, this one unless `script_name` says
    otherwise. `storage` is None for a class that no migration and no export declares:
    it then works as a `kv` class, as it does in `wrangler dev`.
    """

    binding: str
    class_name: str
    worker: str
    storage: StorageKind | None = None
    script_name: str | None = None
    environment: str | None = None
    is_external: bool = False
    remote: bool = False

    @property
    def store(self) -> str:
        """The unique key that object ids and local storage derive from.

        A Worker without a name has an empty one here (measured on workerd).
        """
        return f"{self.worker}-{self.class_name}"


@dataclass(frozen=True, slots=True)
class QueueProducer:
    """A queue that the Worker sends to."""

    binding: str
    queue: str


@dataclass(frozen=True, slots=True)
class RateLimiter:
    """A rate limiter: `limit` calls in `period` seconds, counted by namespace."""

    binding: str
    namespace_id: str
    limit: int | float
    period: int


@dataclass(frozen=True, slots=True)
class OtherBinding:
    """A binding of a kind that has no storage here.

    `kind` is for people ("Workers AI"), `key` is the configuration's key ("ai").
    """

    name: str
    kind: str
    key: str
    remote: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """One environment of one file, ready to be used. All paths are absolute.

    `vars` are final: secrets of `.dev.vars` or `.env` already lie over them, and no
    repr shows a value. `not_inherited` names what a selected environment lacks though
    the top level has it, with the key it stands under there.
    """

    path: Path
    environment: str | None = None
    name: str | None = None
    main: Path | None = None
    base_dir: Path | None = None
    compatibility_date: str | None = None
    compatibility_flags: tuple[str, ...] = ()
    vars: Mapping[str, Json] = field(default_factory=dict, repr=False)
    secret_names: frozenset[str] = frozenset()
    kv_namespaces: tuple[KVNamespace, ...] = ()
    d1_databases: tuple[D1Database, ...] = ()
    r2_buckets: tuple[R2Bucket, ...] = ()
    durable_objects: tuple[DurableObjectBinding, ...] = ()
    durable_object_classes: Mapping[str, StorageKind] = field(default_factory=dict)
    other_bindings: tuple[OtherBinding, ...] = ()
    not_inherited: Mapping[str, str] = field(default_factory=dict)
    environments: tuple[str, ...] = ()
    crons: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    queue_producers: tuple[QueueProducer, ...] = ()
    rate_limiters: tuple[RateLimiter, ...] = ()
    version_metadata: str | None = None
    python_modules_exclude: tuple[str, ...] = ("**/*.pyc",)

    @property
    def is_python(self) -> bool:
        """Whether the Worker is written in Python."""
        return self.main is not None and self.main.name.endswith(".py")

    @property
    def folder(self) -> Path:
        """The folder that relative paths of the file start from."""
        return self.path.parent

    @property
    def worker_name(self) -> str:
        """The name Durable Object ids are made from: `worker` if there is none."""
        return self.name or DEFAULT_WORKER_NAME


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of reading a configuration.

    `config` is None when there are errors, or no file. `errors` and `warnings` are
    wrangler's, `notes` what it would have logged, and our own advice.
    `shown_path` is the file as messages name it.
    """

    path: Path | None = None
    config: Config | None = None
    errors: tuple[Diagnostic, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()
    notes: tuple[Diagnostic, ...] = ()
    shown_path: str = ""

    def error_text(self) -> str:
        """The errors for people; empty when there are none."""
        return render(self.errors, self.shown_path)

    def warning_text(self) -> str:
        """The warnings for people; empty when there are none."""
        return render(self.warnings, self.shown_path)
