import datetime

import pytest

pytestmark = pytest.mark.cfbindings(freeze="2026-01-01T08:00:00Z")


class Mail:
    """The Worker behind the service binding; it can be out of order for a while."""

    def __init__(self, cf):
        self.cf = cf
        self.failures = 0
        self.sent = []

    async def send(self, text):
        if self.failures:
            self.failures -= 1
            raise RuntimeError("out of order")
        self.sent.append((text, f"{self.cf.now():%H:%M:%S}"))


@pytest.fixture
def mail(cf):
    fake = Mail(cf)
    cf.provide("MAIL", fake)
    return fake


@pytest.fixture
def remind(cf):
    async def remind(text, **after):
        seconds = datetime.timedelta(**after).total_seconds()
        return await cf.fetch("/alice", json={"text": text, "seconds": seconds})

    return remind


async def test_a_reminder_is_sent_at_its_time(cf, mail, remind):
    await remind("call Bob", minutes=30)
    await cf.travel(minutes=29, seconds=59)
    assert mail.sent == []
    await cf.travel(seconds=1)
    assert mail.sent == [("call Bob", "08:30:00")]


async def test_several_are_sent_in_order_each_at_its_time(cf, mail, remind):
    await remind("lunch", hours=4)
    await remind("stand-up", hours=1)
    await remind("tea", hours=8)
    await cf.travel(days=1)
    assert mail.sent == [
        ("stand-up", "09:00:00"),
        ("lunch", "12:00:00"),
        ("tea", "16:00:00"),
    ]
    assert await (await cf.fetch("/alice")).json() == []
    assert cf.due() == []


async def test_a_mailer_that_fails_is_asked_again(cf, mail, remind):
    mail.failures = 3
    await remind("call Bob", minutes=30)
    await cf.travel(hours=1)
    assert mail.sent == [("call Bob", "08:30:14")]  # After 2, 4 and 8 seconds.


async def test_one_that_fails_for_good_is_told(cf, mail, remind):
    mail.failures = 100
    await remind("call Bob", minutes=30)
    await cf.travel(hours=1)
    assert mail.failures == 100 - 7
    [failure] = cf.failed_alarms
    assert "out of order" in str(failure.error)
    assert await (await cf.fetch("/alice")).json() == ["call Bob"]
