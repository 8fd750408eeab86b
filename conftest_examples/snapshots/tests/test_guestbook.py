import pytest


async def test_signing_adds_an_entry(cf, cf_snapshot):
    await cf.fetch("/Barbara", method="PUT", body="So quiet!")
    assert cf.dump() == cf_snapshot


async def test_only_what_changed_matters(env, cf):
    before = cf.dump()
    await cf.fetch("/1", method="DELETE")
    assert cf.diff(before, cf.dump()) == [
        "- ENTRIES['entry:1'] = {'value': 'Lovely place.', 'metadata': {'by': 'Ada'},"
        " 'expiration': None}"
    ]


def test_every_test_begins_with_the_seeds(env, cf):
    assert list(cf.dump(env.ENTRIES)) == ["entry:1", "entry:2"]


@pytest.fixture
def full_book(env, cf):
    cf.seed(env.ENTRIES, {f"entry:{number}": "again" for number in range(3, 10)})


async def test_a_test_seeds_what_it_alone_needs(full_book, cf, cf_snapshot):
    before = cf.dump()
    await cf.fetch("/Hedy", method="PUT", body="Page two?")
    assert cf.diff(before, cf.dump()) == cf_snapshot
