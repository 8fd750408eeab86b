import pytest

PNG = b"\x89PNG\r\n\x1a\n"
AS_PNG = {"content-type": "image/png", "x-photographer": "Ada"}


async def upload(cf, name="cat.png", headers=AS_PNG):
    return await cf.fetch(f"/images/{name}", method="PUT", body=PNG, headers=headers)


async def test_an_image_comes_back_with_its_type(cf):
    assert (await upload(cf)).status == 201
    response = await cf.fetch("/images/cat.png")
    assert response.headers["content-type"] == "image/png"
    assert response.headers["cache-control"] == "public, max-age=86400"
    assert bytes(await response.bytes()) == PNG


async def test_a_browser_that_has_it_gets_304(cf):
    etag = (await upload(cf)).headers["etag"]
    response = await cf.fetch("/images/cat.png", headers={"if-none-match": etag})
    assert (response.status, await response.text()) == (304, "")
    assert response.headers["etag"] == etag


async def test_a_browser_that_has_another_gets_the_image(cf):
    await upload(cf)
    response = await cf.fetch("/images/cat.png", headers={"if-none-match": '"old"'})
    assert response.status == 200


async def test_an_image_is_never_overwritten(cf, env):
    await upload(cf)
    assert (await upload(cf)).status == 409
    assert len((await env.IMAGES.list()).objects) == 1


@pytest.mark.parametrize("headers", [{}, {"content-type": "text/plain"}])
async def test_nothing_but_images_is_stored(cf, env, headers):
    assert (await upload(cf, headers=headers)).status == 415
    assert len((await env.IMAGES.list()).objects) == 0


async def test_a_missing_image_is_not_found(cf):
    assert (await cf.fetch("/images/no.png")).status == 404
