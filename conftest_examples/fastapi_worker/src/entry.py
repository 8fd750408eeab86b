import asgi
from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel
from workers import WorkerEntrypoint

app = FastAPI()


class Note(BaseModel):
    text: str


@app.post("/notes", status_code=201)
async def add(note: Note, request: Request):
    statement = request.scope["env"].DB.prepare(
        "INSERT INTO notes (text) VALUES (?) RETURNING id"
    )
    return {"id": await statement.bind(note.text).first("id"), "text": note.text}


@app.get("/notes/{id}")
async def read(id: int, request: Request):
    statement = request.scope["env"].DB.prepare("SELECT * FROM notes WHERE id = ?")
    found = await statement.bind(id).first()
    if found is None:
        raise HTTPException(404, "There is no such note")
    return found


@app.get("/health")
def health():
    return {"ok": True}


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        return await asgi.fetch(app, request.js_object, self.env)
