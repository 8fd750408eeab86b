"""POST /v1/orders and /v2/orders, with an Idempotency-Key and {"item": ...}."""

from urllib.parse import urlparse

import first_version
import orders
from workers import Response, WorkerEntrypoint

VERSIONS = {"/v1/orders": first_version, "/v2/orders": orders}


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        version = VERSIONS.get(urlparse(request.url).path)
        key = request.headers.get("idempotency-key")
        if version is None or not key:
            return Response("Order with an Idempotency-Key", status=400)
        item = (await request.json())["item"]
        number = await version.place_order(self.env, key, item)
        return Response.json({"order": number}, status=201)
