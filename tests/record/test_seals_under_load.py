"""Seals taken while others write: processes of their own, and no seal that a later event contradicts."""

from __future__ import annotations

import multiprocessing
import random
from contextlib import closing
from multiprocessing.synchronize import Event as Signal
from pathlib import Path

import pytest

from engine.audit import cosigning, key, seals, verify, witnessed
from engine.audit.cosigning import WitnessSetup, keep, request_for
from engine.audit.key import Key
from engine.audit.noted import read_lines
from engine.audit.sealing import take_and_note
from engine.audit.witness import GOOD, open_witness
from engine.audit.witnessed import Word, witness_findings
from engine.clock import FixedClock
from engine.errors import Busy
from engine.record import counters, journal
from engine.record.connection import connect
from engine.rules.access import Actor
from engine.rules.proof.anchor import Anchor
from engine.rules.ticket import Ticket, evolve
from tests.record.conftest import NOON, did, furnish, opened
from tests.signing import ORIGIN

WATCH = Actor("watch", "watch", None, "watch")
WRITERS, OWN = 4, 20
FORK = multiprocessing.get_context("spawn")


def write(url: str, seed: int, events: int, enough: Signal) -> None:
    """Opens a few tickets and moves its own, some events a transaction, every fifth of which comes to nothing.

    Writes at least so many events, and on until enough seals were taken meanwhile, however slow the machine is.
    Moving takes no counter, so that transactions overlap: ids are lost, and commit in another order than they were given.
    """
    luck = random.Random(seed)  # noqa: S311 – a test that can be repeated
    own: dict[int, tuple[Ticket, bytes]] = {}
    done = 0
    with closing(connect(url)) as db:
        while done < events or not enough.is_set():
            try:
                with db.write():
                    if len(own) < OWN:
                        event = opened(counters.next_stream(db))
                        counters.next_serial(db, "ZG", 2026)
                        ticket = evolve(None, event)
                        head = journal.append(db, [event], None, ticket)
                        written = 1
                    else:
                        ticket, head = own[luck.choice(list(own))]
                        written = luck.randint(1, 5)
                        for _ in range(written):
                            event = did(ticket, luck.choice(("assigned", "rectifying")))
                            after = evolve(ticket, event)
                            head, ticket = journal.append(db, [event], ticket, after, head), after
                    if luck.random() < 0.2:
                        raise KeyError  # rolled back
            except (KeyError, Busy):
                continue
            own[ticket.id] = ticket, head
            done += written


def seal_while_writing(url: str, folder: Path, events: int, wanted: int) -> None:
    """Four writers, and seals one after another while they write, each noted beside the key and cosigned by a witness; then the audit of
    all of it, with key, list and witness.
    """
    enough, witness = FORK.Event(), open_witness(folder / "witness", "audit.example/w1")
    setup = WitnessSetup("auditor", witness.keys[-1].verifier)
    with closing(connect(url)) as db:
        furnish(db)
        made: Key = key.make(folder, ORIGIN)
        witness.trust(str(made.verifier))
        with db.write():
            seals.begin(db, made.verifier, WATCH, NOON)
        hands = [
            FORK.Process(target=write, args=(url, seed, events // WRITERS, enough), daemon=True) for seed in range(WRITERS)
        ]
        for hand in hands:
            hand.start()
        taken = size = 0
        while any(hand.is_alive() for hand in hands):
            try:
                seal = take_and_note(db, FixedClock(NOON), WATCH, folder, made)
            except Busy:
                continue
            if seal is not None:
                answer = witness.answer(str(request_for(db, seal, size)).encode(), int(NOON.timestamp()))
                assert answer.status == GOOD and keep(folder, seal, answer.body, [setup]) == [setup]
                taken, size = taken + 1, seal.size
            if taken >= wanted:
                enough.set()
        for hand in hands:
            hand.join(60)
            assert hand.exitcode == 0
        audited, listed = verify.Audited(), read_lines(folder, ORIGIN)
        assert list(verify.verify(db, audited, anchor=Anchor(made.verifier, lambda origin: listed))) == []
        assert audited.events >= events and audited.seals == len(listed.points) == taken >= wanted
        kept = cosigning.kept(folder, ORIGIN)
        assert list(witness_findings(seals.all_seals(db), witnessed.Testimony([Word(setup, kept.notes, None)], kept.unread), 1)) == []


def test_seals_taken_while_others_write_hold(record_url: str, tmp_path: Path) -> None:
    seal_while_writing(record_url, tmp_path / "keys", 200, 5)


@pytest.mark.torture
@pytest.mark.postgres
def test_hundreds_of_seals_under_four_writers_hold(postgresql_url: str, tmp_path: Path) -> None:
    """100,000 events and at least 200 seals on PostgreSQL: no false alarm, by key, list or witness."""
    seal_while_writing(postgresql_url, tmp_path / "keys", 100_000, 200)
