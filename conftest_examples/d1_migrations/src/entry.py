from urllib.parse import parse_qs, urlparse

from workers import Response, WorkerEntrypoint

SEARCH = """
    SELECT b.isbn, b.title, b.price_euros
    FROM book_search f JOIN books b ON b.id = f.rowid
    WHERE book_search MATCH ? ORDER BY b.id
"""
BOOK = """
    SELECT b.title, b.price_euros, p.name AS publisher
    FROM books b JOIN publishers p ON p.id = b.publisher_id WHERE b.isbn = ?
"""
NEW_ORDER = """
    INSERT INTO orders (customer_id) SELECT id FROM customers WHERE email = ?
"""
NEW_LINE = """
    INSERT INTO order_lines (order_id, book_id, quantity)
    SELECT max(o.id), b.id, ? FROM orders o, books b WHERE b.isbn = ?
"""


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        url = urlparse(request.url)
        if url.path == "/search":
            return await self.search(parse_qs(url.query).get("q", [""])[0])
        if url.path == "/orders" and request.method == "POST":
            return await self.order(await request.json())
        return await self.book(url.path.removeprefix("/books/"))

    async def search(self, text):
        found = await self.env.DB.prepare(SEARCH).bind(text).all()
        return Response.json(found.results)

    async def book(self, isbn):
        book = await self.env.DB.prepare(BOOK).bind(isbn).first()
        if book is None:
            return Response("No such book", status=404)
        return Response.json(book)

    async def order(self, order):
        database = self.env.DB
        statements = [
            database.prepare(
                "INSERT INTO customers (email) VALUES (?) ON CONFLICT DO NOTHING"
            ).bind(order["email"]),
            database.prepare(NEW_ORDER).bind(order["email"]),
        ]
        for isbn, quantity in order["books"].items():
            statements.append(database.prepare(NEW_LINE).bind(quantity, isbn))
        try:
            await database.batch(statements)
        except Exception as error:
            if "CHECK constraint failed: copies" not in str(error):
                raise
            return Response("Not enough copies", status=409)
        return Response("Thank you", status=201)
