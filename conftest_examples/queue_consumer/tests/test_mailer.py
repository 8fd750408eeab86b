from workers import Response

from pytest_cfbindings import Message


async def test_a_request_only_queues_the_mail(cf, env):
    response = await cf.fetch("/", body="ada@example.com")
    assert response.status == 202
    assert [mail.body for mail in cf.sent(env.MAILS)] == [{"to": "ada@example.com"}]


async def test_what_was_queued_is_sent(cf, env):
    cf.outbound(lambda request: Response("ok"))
    await cf.fetch("/", body="ada@example.com")
    result = await cf.queue("mails")
    assert len(result.acked) == 1
    assert await env.SENT.get("ada@example.com") == "sent"


async def test_a_mail_is_tried_again_later_and_later(cf, env):
    cf.outbound(lambda request: Response("busy", status=503))
    mail = Message({"to": "ada@example.com"}, attempts=2, id="one")
    result = await cf.queue("mails", [mail])
    assert result.retried == {"one": 120}
    assert await env.SENT.get("ada@example.com") is None


async def test_one_bad_address_does_not_hold_up_the_others(cf, env):
    async def service(request):
        return Response("", status=400 if await request.text() == "bad" else 200)

    cf.outbound(service)
    mails = [Message({"to": to}, id=to) for to in ("ada", "bad", "bob")]
    result = await cf.queue("mails", mails)
    assert result.acked == ("ada", "bob")
    assert list(result.retried) == ["bad"]
