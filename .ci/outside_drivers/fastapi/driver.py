"""ASSETS answers with the files of `public`, as Cloudflare's asset server does.

The app is the fixture that the Worker gives to the pytest it runs inside of itself.
"""

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

import pytest


async def assets(request):
    from workers import Response  # Which is not there yet when plugins are loaded.

    path = urlsplit(request.url).path
    file = Path("public") / (path.lstrip("/") or "index.html")
    if not file.is_file():
        return Response("Not Found", status=404)
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return Response(file.read_bytes(), headers={"content-type": kind})


class Assets:
    fetch = staticmethod(assets)


def pytest_cfbindings_provide(binding, config):
    return Assets() if binding.name == "ASSETS" else None


@pytest.fixture
def fastapi_app(env):
    import worker

    return worker.app
