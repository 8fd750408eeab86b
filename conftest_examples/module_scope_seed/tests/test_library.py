"""A thousand books, stored once for this module and cloned for each of its tests."""

import pytest


@pytest.fixture(scope="module", autouse=True)
def library(cf_template):
    cf_template.seed("DB", "../seeds/library.sql")
    cf_template.seed("PRICES", {"default": "1200", "Volume 1": "4500"})


async def test_what_is_in_stock(cf):
    listed = await cf.fetch("/")
    assert await listed.json() == {"titles": 858, "copies": 3003}


async def test_a_sale_changes_one_row(cf):
    before = cf.dump()
    sold = await cf.fetch("/Volume%201", method="POST")
    assert await sold.text() == "4500 cents"
    assert cf.diff(before, cf.dump()) == ["~ DB.books[id=1].stock: 1 -> 0"]


async def test_no_test_sees_what_another_one_sold(env, cf):
    [first] = [book for book in cf.dump(env.DB)["books"] if book["id"] == 1]
    assert first["stock"] == 1


async def test_a_title_without_a_price_of_its_own_has_the_default(cf):
    sold = await cf.fetch("/Volume%202", method="POST")
    assert await sold.text() == "1200 cents"
    assert (await cf.fetch("/Volume%207", method="POST")).status == 409


class TestOneMoreBook:
    """What single tests need is added with `cf.seed`, on top of the module's."""

    @pytest.fixture(autouse=True)
    def atlas(self, cf, library):
        cf.seed("DB", {"books": [{"title": "Atlas", "stock": 1}]})

    async def test_it_is_there(self, cf):
        assert (await cf.fetch("/Atlas", method="POST")).status == 200
        assert (await cf.fetch("/Atlas", method="POST")).status == 409
