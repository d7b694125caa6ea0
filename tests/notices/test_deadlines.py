"""Every exchange ends by its deadline, whatever the other side does: nothing is said, a byte at a time, a handshake without an end."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from engine.notices.channels.email import Email
from engine.notices.channels.http import post
from engine.notices.channels.line import Line
from engine.notices.channels.message import Message, Undelivered
from engine.notices.setup import EmailSetup
from tests.notices.conftest import Authority

SECONDS = 0.15
"""The deadline of these exchanges."""

ENDLESS_SECONDS = 20
"""How long a server here goes on: who is not cut off learns that the time is up when the server has ended."""

MESSAGE = Message("k" * 32, "scjgj@example.gov.cn", datetime(2020, 9, 25, tzinfo=UTC), "交办", "正文")


@contextmanager
def cut_off() -> Iterator[pytest.ExceptionInfo[Undelivered]]:
    """An exchange that is given up long before the other side would have ended it."""
    begun = time.monotonic()
    with pytest.raises(Undelivered) as caught:
        yield caught
    assert caught.value.code == "timeout" and time.monotonic() - begun < ENDLESS_SECONDS / 2


@contextmanager
def server(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """A program on the loopback that talks to each caller, in a thread, until it has said all or nobody listens; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        def serve() -> None:
            while True:
                try:
                    caller, _ = listening.accept()
                except OSError:
                    return
                threading.Thread(target=answer, args=(caller,), daemon=True).start()

        def answer(caller: socket.socket) -> None:
            with caller:
                try:
                    talk(caller)
                except OSError:
                    return

        serving = threading.Thread(target=serve, daemon=True)
        serving.start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
        serving.join(timeout=10)


def drip(caller: socket.socket, before: bytes = b"") -> None:
    """Says something, then a byte at a time without an end, as long as anybody is there."""
    caller.sendall(before)
    end = time.monotonic() + ENDLESS_SECONDS
    caller.settimeout(0.01)
    while time.monotonic() < end:
        caller.sendall(b"2")
        try:
            if not caller.recv(1 << 16):
                return
        except TimeoutError:
            continue


def after_the_head(caller: socket.socket) -> None:
    caller.recv(1 << 16)
    drip(caller, b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")


def with_a_length(caller: socket.socket) -> None:
    caller.recv(1 << 16)
    drip(caller, b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n")


def in_pieces_of_known_size(caller: socket.socket) -> None:
    caller.recv(1 << 16)
    drip(caller, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5000\r\n")


def asks_to_go_on(caller: socket.socket) -> None:
    caller.recv(1 << 16)
    end = time.monotonic() + ENDLESS_SECONDS
    while time.monotonic() < end:
        caller.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")


@pytest.mark.parametrize("talk", [drip, after_the_head, with_a_length, in_pieces_of_known_size, asks_to_go_on])
def test_a_program_that_never_ends_its_answer_is_cut_off(talk: Callable[[socket.socket], None]) -> None:
    with server(talk) as port, cut_off():
        post(f"http://127.0.0.1:{port}/", b"{}", {}, seconds=SECONDS)


def silent(caller: socket.socket) -> None:
    caller.settimeout(ENDLESS_SECONDS)
    while caller.recv(1 << 16):
        continue


def a_record_of_sixteen_kib(caller: socket.socket) -> None:
    drip(caller, b"\x16\x03\x03\x40\x00")


@pytest.mark.parametrize("talk", [silent, a_record_of_sixteen_kib])
def test_a_handshake_that_never_ends_is_cut_off(talk: Callable[[socket.socket], None], authority: Authority) -> None:
    with server(talk) as port, cut_off():
        post(f"https://127.0.0.1:{port}/", b"{}", {}, str(authority.file), seconds=SECONDS)


ANSWERS = {b"": b"220 here", b"ehlo": b"250-here\r\n250 STARTTLS", b"data": b"354 go on", b"STARTTLS": b"220 begin"}


def mail_until(step: bytes, then: Callable[[socket.socket], None] = drip) -> Callable[[socket.socket], None]:
    """A mail server that does its work until one of its steps, and then something else."""

    def talk(caller: socket.socket) -> None:
        heard, in_letter = b"", False
        lines = caller.makefile("rb")
        while heard != step:
            if not in_letter:
                caller.sendall(ANSWERS.get(heard, b"250 OK") + b"\r\n")
            line = next(lines, b"quit")
            in_letter = heard == b"data" or (in_letter and line != b".\r\n")
            heard = b"" if in_letter else line.split()[0].split(b":")[0]
        then(caller)

    return talk


@pytest.mark.parametrize("step", [b"", b"ehlo", b"mail", b"rcpt", b"data", b"."])
def test_a_mail_server_that_drips_is_cut_off_wherever_it_begins_to(step: bytes) -> None:
    with server(mail_until(step)) as port, cut_off() as caught:
        Email(EmailSetup("127.0.0.1", port, "none", "zg@example.gov.cn"), SECONDS).send(MESSAGE)
    assert caught.value.down


@pytest.mark.parametrize(("security", "step"), [("tls", b""), ("starttls", b"STARTTLS")])
def test_a_mail_server_whose_handshake_never_ends_is_cut_off(security: str, step: bytes, authority: Authority) -> None:
    def begin(caller: socket.socket) -> None:
        if step:
            caller.sendall(ANSWERS[step] + b"\r\n")
        silent(caller)

    setup = EmailSetup("127.0.0.1", 0, security, "zg@example.gov.cn", ca_file=str(authority.file))
    with server(mail_until(step, begin)) as port, cut_off():
        Email(replace(setup, port=port), SECONDS).send(MESSAGE)


def test_a_mail_server_that_drips_its_goodbye_is_left() -> None:
    with server(mail_until(b"quit")) as port:
        channel = Email(EmailSetup("127.0.0.1", port, "none", "zg@example.gov.cn"), SECONDS)
        channel.send(MESSAGE)
        begun = time.monotonic()
        channel.close()
        assert time.monotonic() - begun < ENDLESS_SECONDS / 2


def test_a_mail_server_that_says_no_at_once_is_left_at_once() -> None:
    left = threading.Event()

    def refuse(caller: socket.socket) -> None:
        caller.sendall(b"421 not today\r\n")
        caller.settimeout(ENDLESS_SECONDS)
        if not caller.recv(1):
            left.set()

    with server(refuse) as port:
        channel = Email(EmailSetup("127.0.0.1", port, "none", "zg@example.gov.cn"))
        with pytest.raises(Undelivered) as caught:
            channel.send(MESSAGE)
        assert caught.value.code == "smtp-421" and left.wait(ENDLESS_SECONDS / 2)


def test_a_name_that_nobody_answers_for_is_given_up_by_the_same_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, over = threading.Event(), threading.Event()

    def resolve(*_: object, **__: object) -> list[object]:
        asked.set()
        over.wait(ENDLESS_SECONDS)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with cut_off():
        post("http://hub.example.gov.cn/", b"{}", {}, seconds=SECONDS)
    assert asked.is_set()
    over.set()


def test_the_next_address_of_a_host_is_tried_where_one_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    with server(lambda caller: caller.sendall(b"hello")) as port:
        kind = (socket.AF_INET, socket.SOCK_STREAM, 0, "")
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(*kind, ("127.0.0.1", 1)), (*kind, ("127.0.0.1", port))])
        line = Line()
        with line.within(10), line.connect("hub", 80) as connection:
            assert connection.recv(5) == b"hello"
        line.close()
