"""WebSockets in a project: what its compatibility date says, and tests that end."""

import pytest

WRANGLER = """
name = "echo"
main = "src/entry.py"
compatibility_date = "%s"
compatibility_flags = ["python_workers"%s]
[[durable_objects.bindings]]
name = "ROOM"
class_name = "Room"
[[migrations]]
tag = "v1"
new_sqlite_classes = ["Room"]
"""

ENTRY = """
from js import WebSocketPair
from pyodide.ffi import create_proxy
from workers import DurableObject, Response, WorkerEntrypoint

seen = []

class Room(DurableObject):
    async def fetch(self, request):
        client, server = WebSocketPair.new()
        self.ctx.acceptWebSocket(server)
        return Response(None, status=101, web_socket=client)

class Default(WorkerEntrypoint):
    async def fetch(self, request):
        if request.url.endswith("/room"):
            return await self.env.ROOM.getByName("a").fetch(request)
        client, server = WebSocketPair.new()
        server.accept()
        seen.append(server.binaryType)
        server.addEventListener(
            "close", create_proxy(lambda event: seen.append(server.readyState))
        )
        return Response(None, status=101, web_socket=client)
"""

CLOSES = """
async def test_close(cf):
    import entry

    async with cf.websocket("/") as socket:
        await socket.close(4001, timeout=0.2)
        assert (entry.seen, socket.close_code) == ({seen}, {code})
"""


def write(project: pytest.Pytester, date: str, *flags: str) -> None:
    named = "".join(f', "{flag}"' for flag in flags)
    project.makefile(".toml", wrangler=WRANGLER % (date, named))
    (project.path / "src" / "entry.py").write_text(ENTRY)


@pytest.mark.parametrize(
    ("date", "flags", "seen", "code"),
    [
        ("2026-03-16", (), ["arraybuffer", 2], 1006),
        ("2026-03-17", (), ["blob", 2], 1006),
        ("2026-04-07", (), ["blob", 3], 4001),
        ("2026-01-01", ("web_socket_auto_reply_to_close",), ["arraybuffer", 3], 4001),
        ("2026-07-01", ("web_socket_manual_reply_to_close",), ["blob", 2], 1006),
        (
            "2026-07-01",
            ("no_websocket_standard_binary_type",),
            ["arraybuffer", 3],
            4001,
        ),
    ],
)
def test_the_date_decides_about_binary_messages_and_the_answer_to_a_close(
    project: pytest.Pytester,
    date: str,
    flags: tuple[str, ...],
    seen: list[object],
    code: int,
) -> None:
    write(project, date, *flags)
    project.makepyfile(CLOSES.format(seen=seen, code=code))
    project.runpytest("-Wignore").assert_outcomes(passed=1)


def test_a_test_may_leave_a_connection_open(project: pytest.Pytester) -> None:
    write(project, "2026-07-01")
    project.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("path", ["/", "/room"])
        async def test_leaves_one_open(cf, path):
            await cf.websocket(path).connect()

        async def test_has_a_room_of_its_own(cf, env):
            listed = lambda _room, ctx: len(ctx.getWebSockets())
            assert await cf.run_in(env.ROOM.getByName("a"), listed) == 0
        """
    )
    project.runpytest("-Wignore").assert_outcomes(passed=3)
