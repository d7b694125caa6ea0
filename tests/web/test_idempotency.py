"""Requests that name themselves by a key: done once, answered alike, and told where nobody knows the answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import shake_128
from typing import Any

import pytest
from httpx2 import Response as Answer

from engine.app.serving import open_record
from engine.errors import Busy
from engine.registry import kept_answers
from engine.registry.kept_answers import Key
from engine.web import gate, once
from engine.web.api import tickets
from tests.web.conftest import Office

V1 = "/api/v1"
ONE = f"{V1}/tickets/ZG-2020-0001"
KEY = "3f0c1a52-4f5e-4c7a-9a59-3b8f1c2d7e11"
Ask = Callable[..., Answer]


@pytest.fixture
def ask(office: Office) -> Ask:
    """A program of the office, which names its requests."""
    heads = {"accept-language": "en", "sec-fetch-site": "same-origin"}
    client = office.browser("office").client

    def asked(path: str, status: int, key: str | None = KEY, **options: Any) -> Answer:
        named = {"idempotency-key": key} if key is not None else {}
        answer = client.post(path, headers=heads | named | options.pop("more", {}), **options)
        assert answer.status_code == status, (path, answer.status_code, answer.text[:600])
        return answer

    return asked


def commented(office: Office) -> int:
    return office.zg("log", "1").stdout.count("记一笔")


def test_the_same_request_under_the_same_key_is_done_once_and_answered_alike(ask: Ask, office: Office) -> None:
    first = ask(f"{ONE}/comment", 200, json={"note": "记一笔"})
    again = ask(f"{ONE}/comment", 200, json={"note": "记一笔"})
    assert again.content == first.content and again.headers["etag"] == first.headers["etag"]
    assert "idempotency-replayed" not in first.headers and again.headers["idempotency-replayed"] == "true"
    assert ask(f"{ONE}/comment", 200, f'"{KEY}"', json={"note": "记一笔"}).content == first.content
    assert commented(office) == 1
    ask(f"{ONE}/comment", 200, "another", json={"note": "记一笔"})
    ask(f"{ONE}/comment", 200, None, json={"note": "记一笔"})
    assert commented(office) == 3


def test_a_new_ticket_is_opened_once_and_found_where_it_was(ask: Ask) -> None:
    body = {"title": "只开一次", "source": "visit"}
    first = ask(f"{V1}/tickets", 201, json=body)
    assert ask(f"{V1}/tickets", 201, json=body).headers["location"] == first.headers["location"]


def test_files_are_part_of_what_was_sent(ask: Ask, office: Office) -> None:
    def sent(content: bytes, status: int, name: str = "x.pdf") -> Answer:
        return ask(f"{ONE}/comment", status, data={"note": "记一笔"}, files={"file": (name, content)})

    first = sent(b"%PDF-1.7 a", 200)
    assert sent(b"%PDF-1.7 a", 200).content == first.content and commented(office) == 1
    assert sent(b"%PDF-1.7 b", 422).json()["code"] == sent(b"%PDF-1.7 a", 422, "y.pdf").json()["code"] == "idempotency-reused"


@pytest.mark.parametrize(("path", "options"), [
    (f"{ONE}/comment", {"json": {"note": "别的"}}), (f"{V1}/tickets/2/comment", {"json": {"note": "记一笔"}}),
    (f"{ONE}/comment", {"json": {"note": "记一笔"}, "more": {"if-match": '"9"'}}), (f"{ONE}/comment", {"data": {"note": "记一笔"}}),
])
def test_a_key_never_stands_for_something_else(ask: Ask, office: Office, path: str, options: dict[str, Any]) -> None:
    ask(f"{ONE}/comment", 200, json={"note": "记一笔"})
    assert ask(path, 422, **options).json()["code"] == "idempotency-reused"
    assert commented(office) == 1


def test_a_key_is_the_accounts_own(office: Office, ask: Ask) -> None:
    ask(f"{ONE}/comment", 200, json={"note": "记一笔"})
    other = office.browser("scjgj").client.post(
        f"{ONE}/comment", json={"note": "记一笔"}, headers={"idempotency-key": KEY, "sec-fetch-site": "same-origin"},
    )
    assert other.status_code == 200 and "idempotency-replayed" not in other.headers and commented(office) == 2


def test_a_refusal_is_an_answer_too(ask: Ask, office: Office) -> None:
    first = ask(f"{ONE}/accept", 403, json={})
    assert ask(f"{ONE}/accept", 403, json={}).content == first.content
    refused = ask(f"{V1}/tickets", 422, "b", json={"title": "没有来源"})
    assert ask(f"{V1}/tickets", 422, "b", json={"title": "没有来源"}).content == refused.content


@pytest.mark.parametrize("key", ["", "x" * 256, "a b", "ключ".encode(), '"'])
def test_what_is_no_key_is_refused_and_nothing_is_done(ask: Ask, office: Office, key: str) -> None:
    assert ask(f"{ONE}/comment", 400, key, json={"note": "记一笔"}).json()["code"] == "idempotency-malformed"
    assert commented(office) == 0


def test_what_passes_by_itself_frees_the_key(ask: Ask, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(tickets, "acted", _raises(Busy()))
        ask(f"{ONE}/comment", 503, json={"note": "记一笔"})
        patched.setattr(tickets, "acted", _raises(RuntimeError("a bug")))
        ask(f"{ONE}/comment", 500, json={"note": "记一笔"})
    ask(f"{ONE}/comment", 200, json={"note": "记一笔"})
    assert commented(office) == 1


def test_what_broke_off_after_it_wrote_something_is_not_done_again(ask: Ask, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    act = tickets.acted

    def acts_and_breaks(*given: Any) -> Any:
        act(*given)
        raise Busy

    with monkeypatch.context() as patched:
        patched.setattr(tickets, "acted", acts_and_breaks)
        ask(f"{ONE}/comment", 503, json={"note": "记一笔"})
    assert ask(f"{ONE}/comment", 409, json={"note": "记一笔"}).json()["code"] == "idempotency-forgotten"
    assert commented(office) == 1


def test_while_it_is_carried_out_the_same_key_waits(ask: Ask, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    act, seen = tickets.acted, list[str]()

    def meanwhile(*given: Any) -> Any:
        if not seen:
            seen.append("")
            seen.append(ask(f"{ONE}/comment", 409, json={"note": "记一笔"}).json()["code"])
        return act(*given)

    monkeypatch.setattr(tickets, "acted", meanwhile)
    ask(f"{ONE}/comment", 200, json={"note": "记一笔"})
    assert seen[1] == "idempotency-at-work" and commented(office) == 1


@pytest.mark.parametrize("written", [False, True])
def test_an_attempt_whose_process_died_is_made_again_unless_it_wrote(
    ask: Ask, office: Office, monkeypatch: pytest.MonkeyPatch, written: bool,
) -> None:
    """A process that dies keeps no answer and frees no key; what it wrote tells so itself."""
    act = tickets.acted
    with monkeypatch.context() as patched:
        patched.setattr(once, "end", lambda *_: None)
        patched.setattr(tickets, "acted", act if written else _raises(Busy()))
        ask(f"{ONE}/comment", 200 if written else 503, json={"note": "记一笔"})
    assert ask(f"{ONE}/comment", 409, json={"note": "记一笔"}).json()["code"] == "idempotency-at-work"
    later = gate.real_now() + kept_answers.AT_WORK
    monkeypatch.setattr(once, "real_now", lambda: later)
    if written:
        assert ask(f"{ONE}/comment", 409, json={"note": "记一笔"}).json()["code"] == "idempotency-forgotten"
    else:
        ask(f"{ONE}/comment", 200, json={"note": "记一笔"})
    assert commented(office) == 1


def test_an_attempt_that_comes_back_after_another_took_its_key_writes_nothing(
    ask: Ask, office: Office, monkeypatch: pytest.MonkeyPatch,
) -> None:
    act, seen = tickets.acted, list[Answer]()

    def slow(*given: Any) -> Any:
        if not seen:
            later = gate.real_now() + kept_answers.AT_WORK
            monkeypatch.setattr(tickets, "acted", act)
            monkeypatch.setattr(once, "real_now", lambda: later)
            seen.append(ask(f"{ONE}/comment", 200, json={"note": "记一笔"}))
        return act(*given)

    monkeypatch.setattr(tickets, "acted", slow)
    ask(f"{ONE}/comment", 409, json={"note": "记一笔"})
    assert commented(office) == 1


def test_a_key_is_forgotten_after_a_day_and_with_it_its_row(ask: Ask, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(f"{ONE}/comment", 200, json={"note": "记一笔"})
    later = gate.real_now() + kept_answers.KEPT + timedelta(minutes=1)
    monkeypatch.setattr(once, "real_now", lambda: later)
    ask(f"{ONE}/comment", 200, "another", json={"note": "记一笔"})
    with open_record(office.settings) as record:
        assert len(record.database.rows("SELECT hash FROM kept_answer")) == 1
    ask(f"{ONE}/comment", 200, json={"note": "记一笔"})
    assert commented(office) == 3


def test_an_account_has_so_many_keys_at_most(ask: Ask, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_answers, "MOST_KEYS", 1)
    for key in ("a", "b"):
        ask(f"{ONE}/comment", 200, key, json={"note": "记一笔"})
    assert ask(f"{ONE}/comment", 429, "c", json={"note": "记一笔"}).json()["code"] == "idempotency-many"
    assert commented(office) == 2


def test_an_answer_that_is_too_large_is_not_kept_but_its_request_is_not_done_again(
    ask: Ask, office: Office, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kept_answers, "LARGEST_ANSWER", 10)
    ask(f"{ONE}/comment", 200, json={"note": "记一笔"})
    assert ask(f"{ONE}/comment", 409, json={"note": "记一笔"}).json()["code"] == "idempotency-forgotten"


def test_large_answers_of_an_account_have_so_much_room_and_small_ones_are_kept_beside_them(
    office: Office, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kept_answers, "LARGE", 30)
    monkeypatch.setattr(kept_answers, "MOST_LARGE", 110)
    now = datetime(2026, 3, 2, tzinfo=UTC)

    def kept(key: int, size: int) -> bool:
        named = Key("office", key.to_bytes(32, "big"), bytes(32))
        claim = kept_answers.begin(record.database, named, now)
        assert isinstance(claim, kept_answers.Claim)
        kept_answers.end(record.database, claim, kept_answers.Answer(200, {}, shake_128(named.hash).digest(size)))
        return record.database.row("SELECT 1 FROM kept_answer WHERE hash = :hash AND body IS NOT NULL", hash=named.hash) is not None

    with open_record(office.settings) as record:
        assert [kept(key, size) for key, size in enumerate((40, 40, 40, 5, 40))] == [True, True, False, True, False]


def test_what_was_answered_is_forgotten_with_the_words_that_are_erased(ask: Ask, office: Office) -> None:
    office.zg("--as", "admin", "user", "add", "office2", "--role", "supervisor", "--title", "督办专员二")
    ask(f"{ONE}/comment", 200, json={"note": "记一笔不该记的"})
    seq = office.zg.json("show", "1")["version"]
    office.zg("redact", "1", "--seq", str(seq), "--reason", "误写")
    office.zg("--as", "office2", "redact", "1", "--seq", str(seq), "--confirm")
    with open_record(office.settings) as record:
        assert record.database.rows("SELECT body FROM kept_answer") == [(None,)]


def _raises(error: Exception) -> Callable[..., Any]:
    def raising(*_: Any) -> Any:
        raise error

    return raising
