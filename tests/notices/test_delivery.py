"""Delivery to a real program: at least once, never by two couriers at once, retried, given up, held in a sandbox."""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.notices import outbox
from engine.notices.channels import http
from engine.notices.reach import read_policy
from engine.notices.setup import Setup
from engine.record.connection import connect
from engine.rules.timing.climb import WATCHER
from tests.notices.conftest import BEGIN, Hand, Hub, Office


def test_an_event_tells_the_inbox_at_once_and_the_webhook_at_the_next_delivery(hooked: Office, hub: Hub) -> None:
    number = hooked.assigned()
    assert hooked.database.rows("SELECT recipient, sent_at FROM notice WHERE channel = 'inbox'") == [("scjgj", BEGIN)]
    assert hooked.notices() == [("webhook", "hub", None, 0, False, None)]
    done = hooked.deliver()
    assert (done.sent, done.failed, done.dead, done.waiting, done.held) == (1, 0, 0, 0, 0)
    assert hooked.notices() == [("webhook", "hub", BEGIN, 1, False, None)]
    assert [event["subject"] for event in hub.events] == [number]
    assert hooked.deliver().sent == 0 and len(hub.got) == 1


def test_before_a_courier_said_which_channels_there_are_nothing_but_the_inbox_is_written(office: Office, hub: Hub) -> None:
    office.reach("scjgj", email="scjgj@example.gov.cn")
    office.assigned()
    assert office.notices() == [] and read_policy(office.database) is None


def test_channels_are_news_once(hooked: Office) -> None:
    count = "SELECT COUNT(*) FROM event WHERE stream = 0"
    before = hooked.database.rows(count)
    hooked.deliver()
    assert hooked.database.rows(count) == before
    hooked.setup = Setup()
    hooked.deliver()
    assert hooked.database.rows(count) == [(before[0][0] + 1,)]
    hooked.assigned()
    assert hooked.notices() == []


@pytest.mark.parametrize("status", [500, 503, 429, 408])
def test_what_may_pass_is_tried_again_with_the_same_key_later_each_time(hooked: Office, hub: Hub, status: int) -> None:
    hub.answer = status
    hooked.assigned()
    assert hooked.deliver().failed == 1
    assert hooked.notices() == [("webhook", "hub", None, 1, False, f"http-{status}")]
    assert hooked.deliver().failed == 0
    hooked.clock.later(minutes=1)
    assert hooked.deliver().failed == 1
    hooked.clock.later(minutes=1)
    assert hooked.deliver().failed == 0
    hub.answer = 200
    hooked.clock.later(minutes=1)
    assert hooked.deliver().sent == 1
    assert len({headers["webhook-id"] for headers, _ in hub.got}) == 1 and len(hub.got) == 3
    assert hooked.notices("error, tries") == [(None, 3)]


@pytest.mark.parametrize("status", [301, 400, 401, 404, 410])
def test_what_will_never_go_is_given_up_at_once_and_the_rest_goes_on(hooked: Office, hub: Hub, status: int) -> None:
    hub.answer = status
    hooked.assigned()
    assert hooked.deliver().dead == 1
    hub.answer = 200
    hooked.assigned("另一件")
    assert hooked.deliver().sent == 1
    assert hooked.notices("sent_at, dead, error") == [(None, True, f"http-{status}"), (BEGIN, False, None)]


def test_after_twelve_tries_it_is_given_up(hooked: Office, hub: Hub) -> None:
    hub.answer = 500
    hooked.assigned()
    begin = hooked.clock.now()
    while not hooked.notices("dead")[0][0]:
        hooked.deliver()
        hooked.clock.at = hooked.notices("next_try_at")[0][0]
    assert len(hub.got) == outbox.MOST_TRIES
    assert timedelta(hours=12) < hooked.clock.now() - begin < timedelta(hours=48)
    assert hooked.notices("sent_at, dead, error") == [(None, True, "http-500")]


def test_pauses_double_from_a_minute_to_six_hours() -> None:
    assert [outbox.pause(tries).total_seconds() / 60 for tries in (1, 2, 3, 4, 9, 10, 12, 99)] == [1, 2, 4, 8, 256, 360, 360, 360]


def test_a_program_that_hangs_is_cut_off_and_rests(hooked: Office, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http.post, "__defaults__", (None, 0.2))
    hub.answer = lambda _handler: hub.given_up.wait(20) and None
    for place in range(5):
        hooked.assigned(f"第{place}件")
    assert hooked.deliver().failed == 3
    assert [row[0] for row in hooked.notices("error")] == ["timeout"] * 3 + [None] * 2


def test_a_program_that_trickles_is_cut_off_as_well(hooked: Office, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http.post, "__defaults__", (None, 0.3))

    def trickle(handler: object) -> None:
        try:
            while not hub.given_up.wait(0.02):
                handler.wfile.write(b"H")  # type: ignore[attr-defined]
        except OSError:
            return

    hub.answer = trickle
    hooked.assigned()
    assert hooked.deliver().failed == 1
    assert hooked.notices("error") == [("timeout",)]


def test_of_an_answer_of_ten_megabytes_no_more_than_64_kib_is_read(hooked: Office, hub: Hub) -> None:
    written = []

    def chatter(handler: object) -> None:
        handler.send_response(200)  # type: ignore[attr-defined]
        handler.send_header("Content-Length", str(10 << 20))  # type: ignore[attr-defined]
        handler.end_headers()  # type: ignore[attr-defined]
        try:
            for _ in range(160):
                handler.wfile.write(bytes(1 << 16))  # type: ignore[attr-defined]
                written.append(1 << 16)
        except OSError:
            return

    hub.answer = chatter
    hooked.assigned()
    assert hooked.deliver().sent == 1
    assert http.MOST_READ == 64 * 1024 and sum(written) < 10 << 20


def test_a_program_that_is_not_there_is_waited_for(hooked: Office, hub: Hub) -> None:
    hook = hooked.setup.webhooks[0]
    hooked.setup = replace(hooked.setup, webhooks=(replace(hook, url="http://127.0.0.1:1/"),))
    hooked.assigned()
    assert hooked.deliver().failed == 1
    assert hooked.notices("error") == [("connect-ConnectionRefusedError",)]


def test_a_courier_that_died_is_followed_by_another_after_its_lease(hooked: Office, hub: Hub) -> None:
    hooked.assigned()
    item = outbox.waiting(hooked.database, ["webhook"], hooked.clock.now())[0]
    first = outbox.claim(hooked.database, WATCHER, item, hooked.clock.now())
    assert hooked.deliver().sent == 0
    hooked.clock.later(seconds=outbox.LEASE.total_seconds())
    assert hooked.deliver().sent == 1
    assert first is not None and hooked.notices("tries") == [(2,)]


def test_a_message_that_kills_every_courier_is_given_up(hooked: Office, hub: Hub) -> None:
    hooked.assigned()
    for _ in range(outbox.MOST_TRIES):
        item = outbox.waiting(hooked.database, ["webhook"], hooked.clock.now())[0]
        outbox.claim(hooked.database, WATCHER, item, hooked.clock.now())
        hooked.clock.later(seconds=outbox.LEASE.total_seconds())
    assert hooked.deliver().dead == 1
    assert hooked.notices("error") == [("no-answer",)] and hub.got == []


def test_several_couriers_send_each_notice_once(hooked: Office, hub: Hub, record_url: str) -> None:
    for place in range(12):
        hooked.assigned(f"第{place}件")
    start, sent = threading.Barrier(4), []

    def courier() -> None:
        with closing(connect(record_url)) as database:
            own = Office(database, Hand(), hooked.setup)
            start.wait()
            sent.append(own.deliver().sent)

    threads = [threading.Thread(target=courier) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sent) == 12
    assert len(hub.got) == 12 and len({headers["webhook-id"] for headers, _ in hub.got}) == 12


def test_a_sandbox_sends_nothing_and_says_what_it_holds(hooked: Office, hub: Hub) -> None:
    with hooked.database.write():
        hooked.database.run("INSERT INTO setting (name, value) VALUES ('sandbox', '2020-09-25T01:00:00.000000Z')")
    hooked.assigned()
    done = hooked.deliver()
    assert (done.sent, done.held, done.waiting) == (0, 1, 1) and hub.got == []
    assert hooked.database.rows("SELECT COUNT(*) FROM notice WHERE channel = 'inbox' AND sent_at IS NOT NULL") == [(1,)]


def test_a_delivery_stops_between_two_messages_when_it_is_told_to(hooked: Office, hub: Hub) -> None:
    for place in range(3):
        hooked.assigned(f"第{place}件")
    done = hooked.deliver(stop=lambda: len(hub.got) >= 1)
    assert done.sent == 1 and done.waiting == 2


def test_nothing_secret_is_kept_as_the_reason_of_a_failure(hooked: Office, hub: Hub) -> None:
    hub.answer = 500
    hooked.assigned()
    hooked.deliver()
    stored = str(hooked.database.rows("SELECT * FROM notice")) + str(hooked.database.rows("SELECT * FROM setting"))
    assert "s3cret" not in stored and "whisper" not in stored and "127.0.0.1" not in stored
    assert "whisper" not in repr(hooked.setup)


def test_a_program_is_told_of_every_rung_a_sweep_caught_up_with(hooked: Office, hub: Hub) -> None:
    from engine.watch.sweep import sweep

    hooked.assigned()
    hooked.clock.later(days=20)
    sweep(hooked.desk)
    hooked.deliver()
    rungs = [event["data"]["rung"] for event in hub.events if event["type"] == "zhenggai.ticket.escalated"]
    assert rungs == ["deemed-accepted", "reminder", "urging", "supervision-letter"]
    assert hooked.database.rows("SELECT COUNT(*) FROM notice WHERE channel = 'inbox' AND recipient = 'scjgj'") == [(2,)]


def test_what_the_office_itself_is_told_belongs_to_no_ticket(hooked: Office, hub: Hub) -> None:
    from engine.notices.inbox import read_inbox
    from engine.registry.registry import Registry
    from tests.notices.conftest import OFFICE

    Registry(hooked.database, hooked.clock).ask_for_notice(2021)
    entry = read_inbox(hooked.database, OFFICE, BEGIN, "zh", {})[0]
    assert entry.line.number == "" and "2021" in entry.line.what and entry.code == "set"
