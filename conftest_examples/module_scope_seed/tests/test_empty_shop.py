async def test_a_module_without_seeds_begins_with_the_migrations_alone(env, cf):
    assert cf.dump() == {"PRICES": {}, "DB": {"books": []}}
    sold = await cf.fetch("/Volume%201", method="POST")
    assert sold.status == 409
