"""Every limit of the products: its value, its unit, where it is documented or measured.

Limits that local workerd does not check are enforced as well: a test that passes here
passes in production.
"""

from dataclasses import dataclass, field
from typing import Final


@dataclass(slots=True)
class Limit:
    """A limit; `local` says whether workerd checks it in local development too.

    `value` is what holds now: a test can change it, see `limit_changes`. `least` says
    that what is smaller is refused, not what is larger.
    """

    name: str
    value: int
    unit: str
    source: str
    local: bool = True
    least: bool = False
    documented: int = field(init=False)

    def __post_init__(self) -> None:
        self.documented = self.value


_KV = "https://developers.cloudflare.com/kv/platform/limits/"
_MEASURED = "measured on workerd 1.20260730"

KV_KEY_BYTES: Final = Limit("kv.key_bytes", 512, "bytes of UTF-8", _KV)
KV_VALUE_BYTES: Final = Limit("kv.value_bytes", 25 * 1024 * 1024, "bytes", _KV)
KV_METADATA_BYTES: Final = Limit(
    "kv.metadata_bytes", 1024, "bytes of the UTF-8 JSON text", _KV
)
KV_BULK_KEYS: Final = Limit("kv.bulk_keys", 100, "keys", _KV)
KV_BULK_UNITS: Final = Limit(
    "kv.bulk_units", 25 * 1024 * 1024, "UTF-16 units of decoded text", _MEASURED
)
KV_LIST_KEYS: Final = Limit("kv.list_keys", 1000, "keys a page", _KV)
KV_EXPIRATION_SECONDS: Final = Limit(
    "kv.expiration_seconds", 60, "seconds from now, at least", _KV, least=True
)
KV_CACHE_TTL_SECONDS: Final = Limit(
    "kv.cache_ttl_seconds", 30, "seconds, at least", _KV, least=True
)

_R2 = "https://developers.cloudflare.com/r2/platform/limits/"
_R2_WORKERS = "https://developers.cloudflare.com/r2/api/workers/workers-api-reference/"

R2_KEY_BYTES: Final = Limit("r2.key_bytes", 1024, "bytes of UTF-8", _R2)
R2_METADATA_BYTES: Final = Limit(
    "r2.metadata_bytes",
    8192,
    "UTF-16 units of names and values, two for each in a text beyond Latin-1",
    _R2,
    local=False,
)
R2_UPLOAD_BYTES: Final = Limit(
    "r2.upload_bytes", 5 * 1024**3 - 5 * 1024**2, "bytes of one put or part", _R2
)
R2_OBJECT_BYTES: Final = Limit(
    "r2.object_bytes", 5 * 1024**4 - 5 * 1024**3, "bytes", _R2, local=False
)
R2_PART_BYTES: Final = Limit(
    "r2.part_bytes",
    5 * 1024**2,
    "bytes of a part that is not the last, at least",
    _R2,
    least=True,
)
R2_PARTS: Final = Limit("r2.parts", 10_000, "parts of an upload", _R2)
R2_UPLOAD_DAYS: Final = Limit(
    "r2.upload_days",
    7,
    "days until an unfinished upload is aborted",
    "https://developers.cloudflare.com/r2/objects/multipart-objects/",
    local=False,
)
R2_LIST_KEYS: Final = Limit("r2.list_keys", 1000, "keys a page", _R2_WORKERS)
R2_LIST_INCLUDE_KEYS: Final = Limit(
    "r2.list_include_keys", 100, "keys a page with `include`", _MEASURED
)
R2_DELETE_KEYS: Final = Limit(
    "r2.delete_keys", 1000, "keys a call, and at least one", _R2_WORKERS, local=False
)

_D1 = "https://developers.cloudflare.com/d1/platform/limits/"

# SQLite's, for D1 and Durable Objects alike.
SQL_STATEMENT_BYTES: Final = Limit(
    "sql.statement_bytes", 100_000, "bytes of UTF-8 text", _D1
)
SQL_PARAMETERS: Final = Limit("sql.parameters", 100, "parameters of a statement", _D1)
SQL_VALUE_BYTES: Final = Limit(
    "sql.value_bytes", 2_000_000, "bytes of a text, a BLOB or a row", _D1, local=False
)
SQL_COLUMNS: Final = Limit(
    "sql.columns", 100, "columns of a table, an index or a result", _D1
)
SQL_FUNCTION_ARGUMENTS: Final = Limit(
    "sql.function_arguments", 32, "arguments of a function", _D1, local=False
)
SQL_PATTERN_BYTES: Final = Limit(
    "sql.pattern_bytes", 50, "bytes of a LIKE or GLOB pattern", _D1
)
SQL_COMPOUND_TERMS: Final = Limit(
    "sql.compound_terms", 5, "terms of a compound SELECT", _MEASURED
)
SQL_EXPRESSION_DEPTH: Final = Limit(
    "sql.expression_depth", 100, "levels of an expression", _MEASURED
)
SQL_TRIGGER_DEPTH: Final = Limit(
    "sql.trigger_depth", 10, "triggers inside one another", _MEASURED
)
SQL_PROGRAM_OPERATIONS: Final = Limit(
    "sql.program_operations", 25_000, "operations of a compiled statement", _MEASURED
)

_DO = "https://developers.cloudflare.com/durable-objects/platform/limits/"
_DO_KV = "https://developers.cloudflare.com/durable-objects/api/legacy-kv-storage-api/"

DO_DATABASE_BYTES: Final = Limit(
    "do.database_bytes",
    10 * 1000**3,
    "bytes of an object's database (SQLite-backed)",
    _DO,
    local=False,
)
DO_HEADER_BYTES: Final = Limit(
    "do.header_bytes",
    34,
    "bytes of a row or value beyond its limit, for what the format itself adds",
    _MEASURED,
)
DO_KEY_BYTES: Final = Limit(
    "do.key_bytes", 2048, "bytes of UTF-8 (KV-backed)", _DO, local=False
)
DO_VALUE_BYTES: Final = Limit(
    "do.value_bytes",
    128 * 1024,
    "bytes of a serialized value (KV-backed)",
    _DO,
    local=False,
)
DO_KEYS: Final = Limit(
    "do.keys", 128, "keys of one get, put or delete (KV-backed)", _DO_KV, local=False
)

DO_RPC_BYTES: Final = Limit(
    "do.rpc_bytes", 32 * 1024 * 1024, "bytes of the serialized values", _MEASURED
)
DO_SECTION_SECONDS: Final = Limit(
    "do.section_seconds", 30, "seconds of a critical section", _MEASURED
)
DO_ALARM_SECONDS: Final = Limit(
    "do.alarm_seconds", 15 * 60, "seconds of an alarm handler", _DO
)

_WS = "https://developers.cloudflare.com/durable-objects/best-practices/websockets/"

WEBSOCKET_MESSAGE_BYTES: Final = Limit(
    "websocket.message_bytes", 32 * 1024 * 1024, "bytes of a received message", _WS
)
WEBSOCKET_ATTACHMENT_BYTES: Final = Limit(
    "websocket.attachment_bytes", 16 * 1024, "bytes as V8 writes the value", _MEASURED
)
WEBSOCKET_CLOSE_REASON_BYTES: Final = Limit(
    "websocket.close_reason_bytes", 123, "bytes of UTF-8", _MEASURED
)
WEBSOCKET_TAGS: Final = Limit(
    "websocket.tags", 10, "tags of a hibernatable WebSocket", _MEASURED
)
WEBSOCKET_TAG_BYTES: Final = Limit(
    "websocket.tag_bytes", 256, "bytes of UTF-8", _MEASURED
)
WEBSOCKET_CONNECTIONS: Final = Limit(
    "websocket.connections", 32_768, "hibernatable WebSockets of an object", _MEASURED
)
WEBSOCKET_AUTO_RESPONSE_BYTES: Final = Limit(
    "websocket.auto_response_bytes",
    2048,
    "bytes of UTF-8 of the request, and of the response",
    _MEASURED,
)
WEBSOCKET_EVENT_MS: Final = Limit(
    "websocket.event_ms",
    604_800_000,
    "milliseconds of setHibernatableWebSocketEventTimeout",
    _MEASURED,
)

_QUEUES = "https://developers.cloudflare.com/queues/platform/limits/"

QUEUE_MESSAGE_BYTES: Final = Limit(
    "queue.message_bytes", 128_000, "bytes of a message", _QUEUES
)
QUEUE_BATCH_MESSAGES: Final = Limit(
    "queue.batch_messages", 100, "messages of one sendBatch", _QUEUES
)
QUEUE_BATCH_BYTES: Final = Limit(
    "queue.batch_bytes", 256_000, "bytes of one sendBatch", _QUEUES, local=False
)
QUEUE_DELAY_SECONDS: Final = Limit(
    "queue.delay_seconds", 86_400, "seconds of delay", _QUEUES
)

LIMITS: Final = {
    limit.name: limit for limit in list(globals().values()) if isinstance(limit, Limit)
}
"""All limits by name."""
