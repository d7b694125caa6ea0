"""A worker that keeps writing, and says what it wrote after it was committed: what it said must be there for ever.

`work(url, seed, kinds, say)` runs until it is killed. A line is `ticket seq what` for an event, `file sha256` for evidence, `seal n`,
`anew name` for a record made anew, `backed name` and `back name` for a backup and one put back, `up name` for one that was upgraded,
`key …` for a key in force, `cosigned n` for what a witness signed.
"""

from __future__ import annotations

import fcntl
import os
import random
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

from engine.app import shipped
from engine.app.backing_up import put_back
from engine.app.opening import database_clock, is_upgrading, upgrade
from engine.app.settings import Settings
from engine.audit.backup import make
from engine.audit.cosigning import request_for
from engine.audit.key import KeyMissing
from engine.audit.rebuild import rebuild
from engine.audit.sealing import rotate, seal
from engine.audit.seals import key_in_force, last_seal
from engine.audit.verify import verify
from engine.audit.witness import GOOD, open_witness
from engine.clock import FixedClock
from engine.desk.filing import inspect
from engine.desk.tickets import Desk
from engine.errors import Busy, ClockBackwards, Conflict, NotPossible, OutcomeUnknown, Refused
from engine.record import evidence, journal, schema
from engine.record.connection import connect
from engine.record.database import Database
from engine.record.row_change import readable
from engine.record.sqlite_files import copy_file
from engine.registry.registry import Registry
from engine.registry.versions import Versions
from engine.registry.workflow_file import load
from engine.rules.access import Actor
from engine.rules.acts.command import Command
from engine.rules.acts.opening import Opening
from engine.rules.proof.witness import CONFLICT, UNTRUSTED
from engine.watch import sweep
from tests.later import later, migration_in
from tests.parsing import parse_once

Say = Callable[[str], None]

OFFICE = Actor("office", "supervisor", None, "test")
ADMIN = Actor("admin", "admin", None, "test")
LEAD = Actor("scjgj", "contact", "SCJGJ", "test")
COOPERATOR = Actor("shuiwj", "contact", "SHUIWJ", "test")

STEPS = {
    "found": (OFFICE, "assign", {"lead": "SCJGJ", "with": ("SHUIWJ",)}, {}), "assigned": (LEAD, "accept", {}, {}),
    "rectifying": (COOPERATOR, "sign-off", {}, {}), "submitted": (OFFICE, "reject", {}, {"reason": "材料不全"}),
}
"""What somebody does next with a ticket, by its state."""


def work(url: str, seed: int, kinds: tuple[str, ...], say: Say) -> None:
    """Writes what its seed says, for ever. Losing a race is part of the work, and so is a database that is away."""
    luck = random.Random(seed)  # noqa: S311 – a seed that can be given again
    while True:
        with suppress(Busy, OutcomeUnknown), closing(connect(url)) as db:
            while True:
                clock = database_clock(db)[0]
                with suppress(Conflict, Refused):
                    HANDS[luck.choice(kinds)](db, clock, luck, say)
        time.sleep(0.02)  # the server is away: whoever types the command again is not faster


def warm(url: str) -> None:
    """Reads once what every worker reads before it writes: those that are forked afterwards have it, and are killed while they write."""
    parse_once()
    open_witness(_witness_folder(), "test")
    for path in _two_versions():
        load(path)
    while True:
        with suppress(Busy, OutcomeUnknown), closing(connect(url)) as db:
            desk = Desk(db, database_clock(db)[0])
            desk.rules.every()
            desk.open(OFFICE, Opening("企业开办材料重复提交", "visit", detail="详情"), dry_run=True)
            return
        time.sleep(0.02)  # the server is being restarted already


def opens(db: Database, clock: FixedClock, luck: random.Random, say: Say) -> None:
    key = f"K-{luck.getrandbits(64):x}" if luck.random() < 0.3 else None
    done = Desk(db, clock).open(OFFICE, Opening("企业开办材料重复提交", "visit", detail="详情", key=key))
    _tell(done.ticket.id, done.events, say)


def does(db: Database, clock: FixedClock, luck: random.Random, say: Say) -> None:
    row = db.row("SELECT number, state FROM ticket WHERE id >= :id ORDER BY id LIMIT 1", id=luck.randint(1, 1 + _last(db)))
    if row is None:
        return
    number, state = row
    actor, trigger, given, words = STEPS.get(state, (OFFICE, "comment", {}, {"note": "x"}))
    if state == "rectifying" and luck.random() < 0.5:
        actor, trigger, words = LEAD, "submit", {"note": "已合并为一张表"}
    done = Desk(db, clock).do(actor, number, Command(trigger, given, words))
    _tell(done.ticket.id, done.events, say)


def sweeps(db: Database, clock: FixedClock, luck: random.Random, say: Say) -> None:
    for ticket, event in sweep(Desk(db, clock)).fired:
        _tell(ticket.id, (event,), say)


def moves(db: Database, clock: FixedClock, luck: random.Random, say: Say) -> None:
    """Moves the sandbox's clock and lets the sweep follow: rungs fire, and the administration's stream grows."""
    with suppress(ClockBackwards):  # somebody else moved it further meanwhile
        Registry(db, clock).move_clock(OFFICE, clock.now() + timedelta(hours=luck.randint(1, 20)))
    sweeps(db, database_clock(db)[0], luck, say)


def keeps(db: Database, clock: FixedClock, luck: random.Random, say: Say) -> None:
    """Hands in a file with a comment: whoever sees the event finds the file."""
    row = db.row("SELECT number FROM ticket WHERE id >= :id ORDER BY id LIMIT 1", id=luck.randint(1, 1 + _last(db)))
    if row is None:
        return
    source = Path(os.environ["ZG_EVIDENCE"]).with_name(f"upload-{os.getpid()}")
    source.write_bytes(b"%PDF-" + luck.randbytes(luck.randint(1, 300_000)))
    file = inspect(source)
    done = Desk(db, clock).do(OFFICE, row[0], Command("comment", {}, {"note": "x"}), files=[file])
    _tell(done.ticket.id, done.events, say)
    say(f"file {file.evidence.sha256}")


def migrates(db: Database, clock: FixedClock, luck: random.Random, say: Say) -> None:
    """Puts another version in force, and has every open ticket go over to it, whatever others put in force meanwhile."""
    path = luck.choice(_two_versions())
    version = Registry(db, clock).load_workflow(OFFICE, path).definition
    versions = Versions(Desk(db, clock))
    pairs = ("checking=submitted", "submitted=checking")
    known = {state for item in versions.desk.rules.readable().values() for state in item.states}
    versions.migrate(
        OFFICE,
        versions.change(OFFICE, "rectification", version.hash, [pairs["checking" in path.stem]] if "checking" in known else []),
        lambda item: _tell(item.after.id, (*item.earlier, item.event), say),
    )


def _two_versions() -> list[Path]:
    """The shipped workflow, and one in which a state has another name, a ladder other days and a unit more time; beside the evidence."""
    shipped_file = next(file for file in shipped.workflow_files() if file.stem == "rectification")
    other = Path(os.environ["ZG_EVIDENCE"]).with_name("checking.yaml")
    if not other.exists():
        text = shipped_file.read_text(encoding="utf-8").replace("submitted", "checking").replace("at: 3\n", "at: 4\n", 1)
        written = other.with_name(f"checking-{os.getpid()}.part")
        written.write_text(text.replace("amount: 1 working day\n", "amount: 3 working days\n", 1), encoding="utf-8")
        written.replace(other)
    return [shipped_file, other]


def rebuilds(db: Database, clock: FixedClock, luck: random.Random, say: Say) -> None:
    """Makes the record anew beside the evidence, where another may have done so or died over it: what lies there is whole, or none."""
    file = Path(os.environ["ZG_EVIDENCE"]).with_name(f"anew-{luck.randint(1, 2)}.db")
    with file.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:  # another is at it; whoever is killed lets go
            return
        try:
            assert not (wrong := rebuild(db, str(file)).findings), wrong
            say(f"anew {file.stem}")
        except NotPossible:
            must_be_whole(str(file))
            remove(file)


def must_be_whole(url: str) -> None:
    """Raises AssertionError for a record that stands there and does not verify, files and all."""
    with closing(connect(url)) as made:
        assert not (wrong := list(verify(made))), wrong
        assert not (files := list(evidence.altered(made))), files


def remove(file: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def seals(db: Database, clock: FixedClock, luck: random.Random, say: Say) -> None:
    with suppress(KeyMissing):  # somebody puts another key in force just now
        made = seal(db, clock, OFFICE, os.environ["ZG_KEY"])
        if made is not None:
            say(f"seal {made.n}")


def rotates(db: Database, clock: FixedClock, luck: random.Random, say: Say) -> None:
    """Puts another key in force, while others seal."""
    with suppress(KeyMissing):
        say(f"key {rotate(db, clock, ADMIN, os.environ['ZG_KEY']).public}")


def witnesses(db: Database, clock: FixedClock, luck: random.Random, say: Say) -> None:
    """Has a witness cosign the last seal, from what it saw last. Whoever is faster, it is never led from one history to another."""
    last, key = last_seal(db), key_in_force(db)
    if last is None or key is None:
        return
    witness = open_witness(_witness_folder())
    witness.trust(str(key))
    answer = witness.answer(str(request_for(db, last, 0)).encode(), 1)
    if answer.status == CONFLICT and 0 < int(answer.body) < last.size:
        answer = witness.answer(str(request_for(db, last, int(answer.body))).encode(), 1)
    assert answer.status in (GOOD, CONFLICT, UNTRUSTED), answer
    if answer.status == GOOD:
        say(f"cosigned {last.n}")


def _witness_folder() -> Path:
    return Path(os.environ["ZG_KEY"]).with_name("witness")


def restores(db: Database, clock: FixedClock, luck: random.Random, say: Say) -> None:
    """Backs the record up, or puts back what others backed up, where another may have died: what lies there is whole, or nothing."""
    if db.path is None:  # a dump takes seconds
        return
    place = Path(os.environ["ZG_EVIDENCE"]).with_name(f"back-{luck.randint(1, 2)}")
    source, file = place.with_suffix(".tar"), place.with_suffix(".db")
    with place.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        if luck.random() < 0.3 or not source.exists():
            assert not (wrong := make(db, str(db.path), source, clock.now(), force=True).findings), wrong
            say(f"backed {source.stem}")
        elif file.exists():
            must_be_whole(str(file))
            assert says_that_it_was_put_back(str(file))
            remove(file)
        else:
            remove(file)  # whoever was killed over it left its log
            assert put_back(Settings(f"sqlite:///{file}", "admin", "en"), source, f"sqlite:///{file}").stands
            say(f"back {file.stem}")


def says_that_it_was_put_back(url: str) -> bool:
    """Whether that is the last entry of a record."""
    with closing(connect(url)) as db:
        last = readable(journal.read_events(db, journal.ADMINISTRATION)[-1])
        return last.kind == "read" and last.data["what"] == "restore"


def upgrades(db: Database, clock: FixedClock, luck: random.Random, say: Say) -> None:
    """Upgrades a copy of the record, where another may have died: it has the one schema or the other, whole, and says so at last."""
    if db.path is None:  # of a server there is no copy; see `tests.faults.upgrader`
        return
    beside = Path(os.environ["ZG_EVIDENCE"])
    file = beside.with_name(f"up-{luck.randint(1, 2)}.db")
    with file.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        if not file.exists():
            (half := file.with_suffix(".part")).unlink(missing_ok=True)
            copy_file(db, half)
            half.rename(file)
            return
        with later(migration_in(beside.with_name("versions"))):
            if _is_upgraded(str(file)):
                must_be_upgraded(str(file))
                remove(file)
                for kept in file.parent.glob(f"{file.name}.schema-*"):
                    kept.unlink()
            else:
                upgrade(str(file))
                must_be_upgraded(str(file))
                say(f"up {file.stem}")


def _is_upgraded(url: str) -> bool:
    """Whether a record was upgraded, and says so."""
    with closing(connect(url)) as db:
        return schema.revision(db) == schema.SCHEMA and not is_upgrading(db)


def must_be_upgraded(url: str) -> None:
    """Raises AssertionError for a record that is half of what the newer program makes of it, or does not verify."""
    with closing(connect(url)) as db:
        assert db.rows("SELECT (SELECT count(*) FROM ticket) - (SELECT count(*) FROM later)") == [(0,)]
        assert not db.rows("SELECT code FROM unit WHERE later IS NULL OR later != code")
    must_be_whole(url)


HANDS: dict[str, Callable[[Database, FixedClock, random.Random, Say], None]] = {
    "opens": opens, "does": does, "sweeps": sweeps, "moves": moves, "keeps": keeps, "seals": seals, "migrates": migrates,
    "rebuilds": rebuilds, "rotates": rotates, "witnesses": witnesses, "restores": restores, "upgrades": upgrades,
}


def _last(db: Database) -> int:
    row = db.row("SELECT max(id) FROM ticket")
    return (row and row[0]) or 0


def _tell(ticket: int, events: tuple[object, ...], say: Say) -> None:
    for event in events:
        what = event.data.get("trigger") or event.kind  # type: ignore[attr-defined]  # a unit is not told of every rung by its name
        say(f"{ticket} {event.seq} {what}")  # type: ignore[attr-defined]
