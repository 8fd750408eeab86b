"""What the default entrypoint does with events, for the tests of events."""

import asyncio
import threading
from concurrent import futures

import js
from js import ReadableStream, TransformStream, Uint8Array
from pyodide.ffi import JsException, create_proxy
from workers import Response, wait_until

kept = {}
seen = []


class EventHandlers:
    async def scheduled(self, event, env, ctx):
        assert (env, ctx) == (None, None)
        seen.append((event.cron, event.scheduledTime))
        await self.env.KV.put("cron", event.cron)
        if event.cron == "broken":
            raise ValueError("no such day")
        if event.cron == "once":
            event.noRetry()
        if event.cron == "later":
            self.ctx.waitUntil(self.env.KV.put("cron later", "done"))

    async def queue(self, batch, env, ctx):
        assert (env, ctx) == (None, None)
        for message in batch.messages:
            seen.append((batch.queue, message.body, message.attempts))
            kept["sent at"] = message.timestamp.timestamp()
            action = message.body
            if action == "ack":
                message.ack()
            elif action == "retry":
                message.retry()
            elif action == "retry later":
                message.retry(delaySeconds=30)
            elif action == "retry twice":
                message.retry()
                message.retry(delaySeconds=3)
                message.retry()
            elif action == "retry all later":
                batch.retryAll(delaySeconds=5)
            elif isinstance(action, dict) and "delay" in action:
                message.retry(delaySeconds=action["delay"])
            elif action == "both":
                message.ack()
                message.retry()
            elif action == "retry all":
                batch.retryAll()
            elif action == "ack all":
                batch.ackAll()
            elif action == "fail":
                raise LookupError("cannot handle it")

    async def leaves_a_task(self, request):
        kept["task"] = asyncio.create_task(_forever())
        return Response("done")

    async def task_under_wait_until(self, request):
        async def outer():
            task = asyncio.create_task(_soon())
            await asyncio.sleep(0.001)
            kept["result"] = await task

        wait_until(outer())
        return Response("done")

    async def task_outlives_wait_until(self, request):
        kept["task"] = asyncio.create_task(_forever())
        self.ctx.waitUntil(asyncio.sleep(0.001))
        return Response("done")

    async def pumps(self, request):
        pair = TransformStream.new()

        async def pump():
            writer = pair.writable.getWriter()
            for part in (b"one,", b"two"):
                await writer.write(Uint8Array.new(part))
            await writer.close()

        kept["pump"] = asyncio.create_task(pump())
        return Response(pair.readable)

    async def never_settles(self, request):
        self.ctx.waitUntil(_forever())
        return Response("done")

    async def keeps_a_body(self, request):
        kept["request"] = request
        kept["response"] = Response("hello")
        kept["made"] = ReadableStream.from_(["made here"])
        return Response("kept")

    async def reads_what_was_kept(self, request):
        return Response(await kept["response"].text())

    async def reads_the_request_kept(self, request):
        return Response(await kept["request"].text())

    async def reads_the_stream_kept(self, request):
        step = await kept["made"].getReader().read()
        return Response(step.value)

    async def keeps_what_it_received(self, request):
        env = self.env
        kept["received"] = {
            "fetched": (await js.fetch("https://api.example/")).body,
            "service": (await env.SVC.fetch("https://svc/")).js_object.body,
            "object": (
                await env.COUNTER.getByName("a").fetch("https://x/")
            ).js_object.body,
            "kv": await env.KV.get("k", "stream"),
            "r2": (await env.BUCKET.get("k")).body,
        }
        return Response("kept")

    async def reads_what_it_received(self, request):
        stream = kept["received"][request.url.partition("?")[2]]
        return Response(await js.Response.new(stream).text())

    async def keeps_bytes_it_received(self, request):
        kept["blob"] = await (await js.fetch("https://api.example/")).blob()
        return Response("kept")

    async def reads_bytes_it_received(self, request):
        return Response(await kept["blob"].text())

    async def streams_an_object(self, request):
        return Response((await self.env.BUCKET.get("k")).body)

    async def reads_nothing(self, request):
        await js.fetch("https://api.example/")
        await self.env.BUCKET.get("k")
        return Response("done")

    async def keeps_a_socket(self, request):
        _, kept["socket"] = js.WebSocketPair.new()
        kept["socket"].accept()
        return Response("kept")

    async def uses_the_socket_kept(self, request):
        kept["socket"].send("hi")

    async def passes_on(self, request):
        from workers import fetch

        return await fetch("https://api.example/")

    async def changes_headers(self, request):
        response = await js.fetch("https://api.example/")
        refused = {}
        for name, message in (("request", request.js_object), ("response", response)):
            try:
                message.headers.set("x", "y")
            except JsException as error:
                refused[name] = str(error)
        return Response.json(refused)

    async def asks_itself(self, request):
        url, body = "https://example.com/streams", request.js_object.body
        return await self.env.SVC.fetch(url, method="POST", body=body)

    async def streams(self, request):
        reader = request.js_object.body.getReader()

        async def pull(controller):
            step = await reader.read()
            if step.done:
                controller.close()
            else:
                controller.enqueue(step.value)

        return Response(ReadableStream.new(pull=create_proxy(pull)))

    async def returns_a_used_body(self, request):
        response = Response("used")
        await response.text()
        return response

    async def starts_a_thread(self, request):
        threading.Thread(target=print).start()

    async def asks_an_executor(self, request):
        futures.ThreadPoolExecutor().submit(print)

    async def to_thread(self, request):
        name = await asyncio.to_thread(lambda: threading.current_thread().name)
        return Response(name)

    async def anyio_thread(self, request):
        import anyio.to_thread

        name = await anyio.to_thread.run_sync(lambda: threading.current_thread().name)
        return Response(name)

    async def enqueues(self, request):
        await self.env.QUEUE.send({"job": 1})
        await self.env.QUEUE.sendBatch([{"body": "ack"}, {"body": "retry"}])
        return Response("queued")

    async def passes_through(self, request):
        self.ctx.passThroughOnException()
        raise ValueError("passed through")

    async def fetches(self, request):
        from workers import fetch

        response = await fetch("https://api.example/users?q=1", method="POST", body="x")
        return Response(await response.text(), status=int(response.status))


async def _forever():
    await asyncio.Event().wait()


async def _soon():
    return "soon"
