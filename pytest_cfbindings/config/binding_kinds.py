"""The kinds of binding: their keys, and what wrangler and people call them."""

from collections.abc import Mapping
from types import MappingProxyType

WRANGLER_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "data_blobs": "Data Blob",
        "durable_objects": "Durable Object",
        "kv_namespaces": "KV Namespace",
        "send_email": "Send Email",
        "queues": "Queue",
        "d1_databases": "D1 Database",
        "vectorize": "Vectorize Index",
        "ai_search_namespaces": "AI Search Namespace",
        "ai_search": "AI Search Instance",
        "agent_memory": "Agent Memory",
        "hyperdrive": "Hyperdrive Config",
        "r2_buckets": "R2 Bucket",
        "logfwdr": "logfwdr",
        "services": "Worker",
        "analytics_engine_datasets": "Analytics Engine Dataset",
        "text_blobs": "Text Blob",
        "browser": "Browser Run",
        "analytics": "Analytics SQL",
        "ai": "AI",
        "images": "Images",
        "stream": "Stream",
        "media": "Media",
        "version_metadata": "Worker Version Metadata",
        "unsafe": "Unsafe Metadata",
        "vars": "Environment Variable",
        "wasm_modules": "Wasm Module",
        "dispatch_namespaces": "Dispatch Namespace",
        "mtls_certificates": "mTLS Certificate",
        "workflows": "Workflow",
        "pipelines": "Pipeline",
        "k2": "K2 Stream",
        "secrets_store_secrets": "Secrets Store Secret",
        "artifacts": "Artifacts",
        "ratelimits": "Rate Limit",
        "assets": "Assets",
        "unsafe_hello_world": "Hello World",
        "flagship": "Flagship",
        "worker_loaders": "Worker Loader",
        "vpc_services": "VPC Service",
        "vpc_networks": "VPC Network",
    }
)
"""Wrangler 4.164's words in messages, in the order it lists them."""

OTHER_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "send_email": "Email sending",
        "queues": "Queue",
        "vectorize": "Vectorize",
        "ai_search_namespaces": "AI Search namespace",
        "ai_search": "AI Search",
        "agent_memory": "Agent Memory",
        "hyperdrive": "Hyperdrive",
        "logfwdr": "Log forwarding",
        "services": "Service",
        "analytics_engine_datasets": "Analytics Engine",
        "browser": "Browser Rendering",
        "analytics": "Analytics SQL",
        "ai": "Workers AI",
        "images": "Images",
        "stream": "Stream",
        "media": "Media Transformations",
        "version_metadata": "Version metadata",
        "unsafe": "Unsafe",
        "dispatch_namespaces": "Dispatch namespace",
        "mtls_certificates": "mTLS certificate",
        "workflows": "Workflow",
        "pipelines": "Pipelines",
        "k2": "K2",
        "secrets_store_secrets": "Secrets Store",
        "artifacts": "Artifacts",
        "ratelimits": "Rate limiting",
        "assets": "Static assets",
        "unsafe_hello_world": "Hello World",
        "flagship": "Flagship",
        "worker_loaders": "Worker Loader",
        "vpc_services": "VPC service",
        "vpc_networks": "VPC network",
        "wasm_modules": "Wasm module",
        "text_blobs": "Text blob",
        "data_blobs": "Data blob",
    }
)
"""What to call a binding that has no storage here, by configuration key."""

NAME_FIELDS: Mapping[str, str] = MappingProxyType(
    {"send_email": "name", "ratelimits": "name", "unsafe": "name", "logfwdr": "name"}
)
"""The field a binding's name stands in, where that is not `binding`."""
