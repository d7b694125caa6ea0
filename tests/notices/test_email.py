"""Letters to a real SMTP server."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from typing import Any

import pytest

from engine.errors import Refused
from engine.notices import outbox
from engine.notices.setup import EmailSetup, Setup
from engine.registry.resend import Outbox
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.timing.quiet import WEEKLY
from tests.notices.conftest import OFFICE, Office, mail_server

ADDRESS = "scjgj@example.gov.cn"


@dataclass
class Post:
    """A mail server on the loopback: what it took, and how it answers a recipient or a letter (None: takes it)."""

    setup: EmailSetup | None = None
    letters: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    lines: int = 0
    refuses: Callable[[str], str | None] = lambda _address: None
    answers: str = "250 OK"

    async def handle_EHLO(self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]) -> list[str]:
        self.lines += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        no = self.refuses(address)
        if no is None:
            envelope.rcpt_tos.append(address)
        return no or "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.answers.startswith("250"):
            letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
            assert isinstance(letter, EmailMessage)
            self.letters.append((envelope.rcpt_tos, letter))
        return self.answers


@pytest.fixture
def post() -> Iterator[Post]:
    known = Post()
    with mail_server(known) as port:
        known.setup = EmailSetup("127.0.0.1", port, "none", "督办单位 <zg@example.gov.cn>")
        yield known


@pytest.fixture
def mailing(office: Office, post: Post) -> Office:
    """The office with a mail server; the contact of SCJGJ has an address."""
    office.setup = Setup(email=post.setup, link="https://zg.example.gov.cn/tickets/{number}")
    office.reach("scjgj", email=ADDRESS)
    office.deliver()
    return office


def test_a_letter_says_what_by_when_and_where_in_chinese(mailing: Office, post: Post) -> None:
    number = mailing.assigned()
    assert mailing.deliver().sent == 1
    recipients, letter = post.letters[0]
    assert recipients == [ADDRESS] and letter["To"] == ADDRESS
    assert letter["Subject"] == f"【交办】{number} 企业开办材料重复提交"
    assert letter["From"].addresses[0].display_name == "督办单位"
    assert letter.get_content_type() == "text/plain"
    text = letter.get_content()
    assert f"{number}《企业开办材料重复提交》：交办，期限 2020-09-27 18:00" in text
    assert f"https://zg.example.gov.cn/tickets/{number}" in text
    assert letter["Message-ID"] == f"<{letter['Zhenggai-Key']}@example.gov.cn>"


def test_a_letter_in_english(mailing: Office, post: Post) -> None:
    mailing.setup = replace(mailing.setup, language="en", link=None)
    number = mailing.assigned("papers asked for twice")
    mailing.deliver()
    letter = post.letters[0][1]
    assert letter["Subject"] == f"[assign] {number} papers asked for twice"
    assert "due 2020-09-27 18:00" in letter.get_content() and "log in" in letter.get_content()


def test_nobody_is_written_to_outside_working_hours(mailing: Office, post: Post) -> None:
    mailing.clock.later(hours=10)  # Friday evening; Saturday is off, Sunday is worked
    mailing.assigned()
    assert mailing.deliver().sent == 0
    mailing.clock.later(hours=37)
    assert mailing.deliver().sent == 0
    mailing.clock.later(minutes=30)
    assert mailing.deliver().sent == 1 and len(post.letters) == 1


def test_what_is_tried_again_or_was_left_lying_does_not_go_out_in_the_night_either(mailing: Office, post: Post) -> None:
    post.answers = "451 later"
    mailing.clock.at = mailing.clock.at.replace(hour=9, minute=59)
    mailing.assigned()
    assert mailing.deliver().failed == 1
    mailing.reach("gaj", email="gaj@example.gov.cn")
    mailing.assigned(lead="GAJ")  # nobody delivers it in time
    post.answers = "250 OK"
    mailing.clock.later(hours=3)
    assert mailing.deliver().sent == 0 and post.letters == []
    mailing.clock.at = mailing.clock.at.replace(day=27, hour=0, minute=30)
    assert mailing.deliver().sent == 2


def test_what_was_settled_meanwhile_is_told_as_settled(mailing: Office, post: Post) -> None:
    mailing.clock.later(hours=10)
    number = mailing.assigned()
    mailing.desk.do(OFFICE, number, Command("withdraw", {"as": "mistake"}, {"reason": "登记有误"}))
    mailing.clock.later(days=2, hours=14)
    mailing.deliver()
    text = post.letters[0][1].get_content()
    assert f"{number}《企业开办材料重复提交》：交办（现已撤销）" in text and "期限" not in text


def test_what_nobody_could_send_for_a_month_is_given_up(mailing: Office, post: Post) -> None:
    mailing.assigned()
    mailing.clock.later(days=31)
    assert mailing.deliver().dead == 1
    assert mailing.notices("error") == [("expired",)] and post.letters == []


def test_however_much_is_too_old_none_of_it_goes_out_but_what_somebody_sends_again(
    mailing: Office, post: Post, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outbox, "MOST_WAITING", 2)
    for title in ("一", "二", "三", "四", "五"):
        mailing.assigned(title)
    mailing.clock.later(days=6 * 365)
    done = mailing.deliver()
    assert (done.sent, done.dead, done.expired, done.waiting) == (0, 5, 5, 0) and post.letters == []
    again, ids = Outbox(mailing.database, mailing.clock), [row[0] for row in mailing.notices("id")]
    administrator = Actor("admin", "admin", None)
    assert again.resend(administrator) == [] and again.resend(administrator, ids[:1]) == ids[:1]
    mailing.clock.at = mailing.clock.at.replace(month=9, day=24)
    assert mailing.deliver().sent == 1 and len(post.letters) == 1


def test_what_waits_for_one_person_comes_as_one_letter(mailing: Office, post: Post) -> None:
    numbers = [mailing.assigned(f"第{place}件") for place in range(25)]
    assert mailing.deliver().sent == 25
    assert len(post.letters) == 1
    letter = post.letters[0][1]
    assert letter["Subject"] == "【整改提醒】25 条"
    text = letter.get_content()
    assert all(number in text for number in numbers[:20]) and "另有 5 条" in text


def test_a_message_that_is_tried_again_holds_what_it_held_and_what_is_new_goes_by_itself(mailing: Office, post: Post) -> None:
    post.answers = "451 later"
    mailing.assigned("第一件")
    mailing.assigned("第二件")
    assert mailing.deliver().failed == 2
    mailing.assigned("第三件")
    post.answers = "250 OK"
    assert mailing.deliver().sent == 1
    mailing.clock.later(minutes=1)
    assert mailing.deliver().sent == 2
    first, second = (letter.get_content() for _, letter in post.letters)
    assert "第三件" in first and "第一件" not in first
    assert "第一件" in second and "第二件" in second and "第三件" not in second


def test_a_leader_is_written_to_once_a_week_and_others_by_what_the_office_says(mailing: Office, post: Post) -> None:
    mailing.setup = replace(mailing.setup, digest={"supervisor": "daily", "leader": WEEKLY})
    mailing.reach("office", email="office@example.gov.cn")
    mailing.reach("leader", email="leader@example.gov.cn")
    mailing.deliver()
    mailing.opened()
    mailing.clock.later(days=7)
    _sweep(mailing)  # the office is late by two working days: it and its leader are told
    due = mailing.database.rows("SELECT DISTINCT recipient, not_before FROM notice WHERE channel = 'email' ORDER BY recipient")
    assert [row[0] for row in due] == ["leader", "office"]
    assert [row[1].isoformat()[:16] for row in due] == ["2020-10-09T00:30", "2020-10-09T00:30"]


def test_after_days_of_downtime_each_person_gets_one_letter_that_says_what_it_has_come_to(mailing: Office, post: Post) -> None:
    mailing.reach("scjgj-head", email="head@example.gov.cn")
    number = mailing.assigned()
    mailing.deliver()
    post.letters.clear()
    mailing.clock.at = mailing.clock.at.replace(month=10, day=16)
    _sweep(mailing)
    mailing.deliver()
    told = {recipients[0]: letter.get_content() for recipients, letter in post.letters}
    assert len(post.letters) == 2 and set(told) == {ADDRESS, "head@example.gov.cn"}
    for letter in told.values():  # 督办 and 通报 are proposed meanwhile, which is the office's until one is signed
        assert f"{number}《企业开办材料重复提交》：催办，期限 2020-10-09 18:00（已过）" in letter


@pytest.mark.parametrize("address", [
    "nobody", "a@b@c", "a b@example.gov.cn", "a@example.gov.cn\r\nRCPT TO:<x@example.org>", "<a@example.gov.cn>", "a@example.gov.cn,b@x",
    "名@example.gov.cn", "x" * 70 + "@example.gov.cn", "@example.gov.cn", "a@",
])
def test_a_bad_address_is_given_up_and_never_reaches_the_server(mailing: Office, post: Post, address: str) -> None:
    mailing.reach("scjgj", email=address)
    mailing.assigned()
    assert mailing.deliver().dead == 1
    assert mailing.notices("error") == [("bad-address",)] and post.lines == 0


def test_an_account_without_address_or_that_ended_is_given_up(mailing: Office, post: Post) -> None:
    mailing.assigned()
    mailing.reach("scjgj", email="")
    assert mailing.deliver().dead == 1
    mailing.reach("scjgj", email=ADDRESS)
    mailing.assigned()
    with mailing.database.write():
        mailing.database.run("UPDATE account SET active = FALSE WHERE name = 'scjgj'")
    assert mailing.deliver().dead == 1
    assert mailing.notices("error") == [("no-address",), ("no-account",)]


@pytest.mark.parametrize("title", ["a\nBcc: x@example.org", "a\r\nBcc: x@example.org", "a\u2028b", "a\x00b"])
def test_a_title_with_a_line_break_is_refused(mailing: Office, title: str) -> None:
    with pytest.raises(Refused):
        mailing.opened(title)
    assert OFFICE.name == "office"


def test_a_title_that_somebody_put_a_line_break_into_is_no_header(mailing: Office, post: Post) -> None:
    mailing.assigned()
    with mailing.database.write():
        mailing.database.run("UPDATE ticket SET title = :title", title="问题\r\nBcc: x@example.org\r\n\r\n正文")
    assert mailing.deliver().sent == 1
    recipients, letter = post.letters[0]
    assert recipients == [ADDRESS] and letter["Bcc"] is None
    assert str(letter["Subject"]).endswith("问题  Bcc: x@example.org    正文")


def test_a_refused_recipient_is_given_up_and_the_others_get_theirs_over_the_same_line(mailing: Office, post: Post) -> None:
    mailing.reach("gaj", email="gaj@example.gov.cn")
    mailing.reach("fgw", email="fgw@example.gov.cn")
    post.refuses = lambda address: "550 unknown" if address == ADDRESS else None
    for lead in ("SCJGJ", "GAJ", "FGW"):
        mailing.assigned(lead=lead)
    done = mailing.deliver()
    assert (done.sent, done.dead) == (2, 1) and post.lines == 1
    assert ("email", "scjgj", None, 1, True, "smtp-550") in mailing.notices()


@pytest.mark.parametrize(("answer", "dead"), [("554 content refused", True), ("452 full", False)])
def test_a_refused_letter(mailing: Office, post: Post, answer: str, dead: bool) -> None:
    post.answers = answer
    mailing.assigned()
    mailing.deliver()
    assert mailing.notices("dead, error") == [(dead, f"smtp-{answer[:3]}")]


def test_a_server_that_is_away_costs_one_try_of_one_letter(mailing: Office, post: Post) -> None:
    assert post.setup is not None
    mailing.setup = replace(mailing.setup, email=replace(post.setup, port=1))
    mailing.reach("gaj", email="gaj@example.gov.cn")
    mailing.assigned()
    mailing.assigned(lead="GAJ")
    done = mailing.deliver()
    assert (done.failed, done.waiting) == (1, 2)
    assert mailing.notices("tries, error") == [(1, "connect-ConnectionRefusedError"), (0, None)]


def test_a_unit_that_may_not_see_the_ticket_any_more_is_not_written_to(mailing: Office, post: Post) -> None:
    mailing.assigned("暗访发现的问题")
    with mailing.database.write():
        mailing.database.run("UPDATE ticket SET state = 'found'")
    mailing.deliver()
    assert mailing.notices("error") == [("not-theirs",)] and post.letters == []


def _sweep(office: Office) -> None:
    from engine.watch import sweep

    sweep(office.desk)
