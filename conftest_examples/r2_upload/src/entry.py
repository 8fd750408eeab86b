from urllib.parse import urlparse

from js import Headers
from workers import Response, WorkerEntrypoint

LARGEST = 10 * 1024 * 1024


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        name = urlparse(request.url).path.removeprefix("/images/")
        if request.method == "PUT":
            return await self.store(name, request)
        if request.method == "GET":
            return await self.serve(name, request)
        return Response("PUT or GET", status=405, headers={"allow": "GET, PUT"})

    async def store(self, name, request):
        content_type = request.headers["content-type"] or ""
        if not content_type.startswith("image/"):
            return Response("Send an image", status=415)
        data = await request.bytes()
        if len(data) > LARGEST:
            return Response("Too large", status=413)
        stored = await self.env.IMAGES.put(
            name,
            data,
            httpMetadata={
                "contentType": content_type,
                "cacheControl": "public, max-age=86400",
            },
            customMetadata={"photographer": request.headers["x-photographer"] or ""},
            onlyIf={"etagDoesNotMatch": "*"},
        )
        if stored is None:
            return Response("There is an image of that name", status=409)
        return Response(None, status=201, headers={"etag": stored.httpEtag})

    async def serve(self, name, request):
        image = await self.env.IMAGES.get(name, onlyIf=request.js_object.headers)
        if image is None:
            return Response("No such image", status=404)
        headers = Headers.new()
        image.writeHttpMetadata(headers)
        headers.set("etag", image.httpEtag)
        if not hasattr(image, "body"):
            return Response(None, status=304, headers=headers)
        return Response(image.body, headers=headers)
