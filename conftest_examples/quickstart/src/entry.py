import json
from urllib.parse import urlparse

from workers import Response, WorkerEntrypoint

AN_HOUR = 3600


def primes_below(limit):
    return [n for n in range(2, limit) if all(n % d for d in range(2, int(n**0.5) + 1))]


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        limit = urlparse(request.url).path.removeprefix("/primes/")
        if not limit.isdecimal() or int(limit) > int(self.env.LARGEST):
            return Response("Ask for /primes/<number>", status=404)
        key = f"primes:{limit}"
        primes = await self.env.CACHE.get(key, "json")
        if primes is not None:
            return Response.json(primes, headers={"x-cache": "hit"})
        primes = primes_below(int(limit))
        await self.env.CACHE.put(key, json.dumps(primes), expirationTtl=AN_HOUR)
        return Response.json(primes, headers={"x-cache": "miss"})
