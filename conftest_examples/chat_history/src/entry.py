from workers import DurableObject, Response, WorkerEntrypoint

SCHEMA = """
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY,
    author TEXT NOT NULL,
    text TEXT NOT NULL CHECK (length(text) <= 200)
)
"""


class ChatRoom(DurableObject):
    """A room and its history."""

    def __init__(self, ctx, env):
        super().__init__(ctx, env)
        self.sql = ctx.storage.sql
        self.sql.exec(SCHEMA)

    def say(self, author, text):
        insert = "INSERT INTO messages (author, text) VALUES (?, ?) RETURNING id"
        return self.sql.exec(insert, author, text).one()["id"]

    def history(self, limit=50):
        query = "SELECT author, text FROM messages ORDER BY id DESC LIMIT ?"
        return self.sql.exec(query, limit).toArray()[::-1]


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        name = request.url.rpartition("/")[2]
        room = self.env.ROOMS.getByName(name)
        if str(request.method) == "POST":
            message = await request.json()
            id = await room.say(message["author"], message["text"])
            return Response.json({"id": id}, status=201)
        return Response.json(await room.history())
