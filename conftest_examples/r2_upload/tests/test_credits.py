from credits import photographers


async def test_the_script_reads_what_the_worker_stored(cf, s3):
    headers = {"content-type": "image/png", "x-photographer": "Ada"}
    await cf.fetch("/images/cat.png", method="PUT", body=b"cat", headers=headers)
    assert photographers(s3) == {"cat.png": "Ada"}


async def test_the_worker_serves_what_a_script_stored(cf, s3):
    s3.put_object(
        Bucket="gallery-images", Key="dog.png", Body=b"dog", ContentType="image/png"
    )
    response = await cf.fetch("/images/dog.png")
    assert response.headers["content-type"] == "image/png"
    assert photographers(s3) == {"dog.png": "unknown"}
