from urllib.parse import parse_qs, urlparse

from workers import DurableObject, Response, WorkerEntrypoint


class Counter(DurableObject):
    """One number, which all that call it by the same name share."""

    def current(self):
        return self.ctx.storage.kv.get("value") or 0

    def add(self, amount=1):
        # The synchronous API: nobody else is let in between get and put.
        value = self.current() + amount
        self.ctx.storage.kv.put("value", value)
        return value


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        url = urlparse(request.url)
        names = parse_qs(url.query).get("name")
        if not names:
            return Response("Select a counter: ?name=A", status=400)
        counter = self.env.COUNTERS.getByName(names[0])
        if url.path == "/increment":
            value = await counter.add()
        elif url.path == "/decrement":
            value = await counter.add(-1)
        else:
            value = await counter.current()
        return Response(f"Counter '{names[0]}' is {value}")
