import pytest

TIDES, QUEUES = "9780000000001", "9780000000002"


async def copies(env, isbn):
    sql = "SELECT copies FROM stock JOIN books ON id = book_id WHERE isbn = ?"
    return await env.DB.prepare(sql).bind(isbn).first("copies")


async def test_the_migrations_have_been_applied(env):
    applied = await env.DB.prepare("SELECT name FROM d1_migrations ORDER BY id").raw()
    assert [name for (name,) in applied] == [
        "0001_catalogue.sql",
        "0002_orders.sql",
        "0003_search.sql",
        "0010_first_books.sql",
    ]


async def test_a_book_is_shown(cf):
    response = await cf.fetch(f"/books/{TIDES}")
    assert await response.json() == {
        "title": "Tides and Timetables",
        "price_euros": 12.5,
        "publisher": "Harbour; Lane & Sons",
    }


async def test_an_unknown_book_is_not_found(cf):
    assert (await cf.fetch("/books/1")).status == 404


async def test_titles_are_searched(cf):
    response = await cf.fetch("/search?q=time*")
    assert len(await response.json()) == 2


@pytest.mark.parametrize("_again", [1, 2])
async def test_an_order_takes_its_books_from_the_stock(cf, env, _again):
    order = {"email": "a@b.example", "books": {TIDES: 2, QUEUES: 5}}
    response = await cf.fetch("/orders", json=order)
    assert response.status == 201
    assert (await copies(env, TIDES), await copies(env, QUEUES)) == (3, 0)
    log = cf.sqlite(env.DB).execute("SELECT book_id, change FROM stock_log")
    assert log.fetchall() == [(1, -2), (2, -5)]


async def test_an_order_is_kept_as_a_whole_or_not_at_all(cf, env):
    order = {"email": "a@b.example", "books": {TIDES: 1, QUEUES: 6}}
    response = await cf.fetch("/orders", json=order)
    assert response.status == 409
    assert await copies(env, TIDES) == 5
    assert await env.DB.prepare("SELECT count(*) AS n FROM customers").first("n") == 0


async def test_a_book_is_found_by_its_index(env):
    sql = "SELECT title FROM books WHERE isbn = ?"
    found = await env.DB.prepare(sql).bind(TIDES).all()
    assert found.meta.rows_read == 1


async def test_a_book_in_an_order_cannot_be_deleted(cf, env):
    await cf.fetch("/orders", json={"email": "a@b.example", "books": {TIDES: 1}})
    with pytest.raises(Exception, match="FOREIGN KEY constraint failed"):
        await env.DB.prepare("DELETE FROM books WHERE isbn = ?").bind(TIDES).run()


async def test_authors_go_with_their_book(env):
    await env.DB.prepare("DELETE FROM books WHERE id = 3").run()
    left = await env.DB.prepare("SELECT count(*) AS n FROM book_authors").first("n")
    assert left == 2


@pytest.mark.cfbindings(migrations="0003_search.sql")
async def test_the_shop_can_be_empty(cf, env):
    response = await cf.fetch("/search?q=time*")
    assert await response.json() == []


@pytest.mark.cfbindings(migrations=False)
async def test_a_database_can_be_had_without_migrations(env):
    tables = await env.DB.prepare("SELECT name FROM sqlite_schema").all()
    assert tables.results == []
