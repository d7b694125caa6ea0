"""`zg evaluate`: rounds of evaluation (评价轮次): begun, listed, looked at, closed; objections and their decisions; the board."""

from __future__ import annotations

from typing import Any

import click

from engine.cli.call import Call
from engine.cli.evaluate_results import correct, import_, reopen, tasklist, undo, verify
from engine.cli.evaluate_screen import (
    hint_new_subjects,
    print_board,
    print_disputes,
    print_leftovers,
    print_log,
    print_round,
    print_rounds,
)
from engine.cli.evaluate_succession import rekey, successor
from engine.cli.frame import Noun, argument, json_option, option, verb
from engine.cli.thing import dump_done, erased
from engine.desk.leftovers import left_to_people
from engine.office.rounds.beginning import About, Rounds
from engine.office.rounds.board import board as read_board
from engine.office.rounds.closing import close_round, unexplained
from engine.office.rounds.newcomers import new_subjects_of
from engine.office.rounds.shown import board_view
from engine.office.rounds.typed import Typed, beginning
from engine.rules.access import may_read_rounds
from engine.rules.loop.round import Round
from engine.views.event import event_view
from engine.views.round import application_view, disputes_view, pair_view, round_view


def round_argument() -> click.Argument:
    return argument("number", metavar="ROUND")


def rehearsing() -> click.Option:
    return option("--dry-run", is_flag=True)


@verb(
    "evaluate.start", option("--scheme", required=True, metavar="NAME"), option("--on", metavar="DATE"),
    option("--period", metavar="FROM..TO"), option("--received", metavar="DATE"), option("--doc", metavar="NO"),
    option("--title", metavar="TEXT"), option("--subjects", multiple=True, metavar="U,…"),
    option("--targets", multiple=True, metavar="ID,…"),
    option("--points", is_flag=True), option("--interim", is_flag=True), option("--for-comment", metavar="WHEN"),
    option("--assign-limit", metavar="AMOUNT"), rehearsing(), json_option(),
)
def start(call: Call, dry_run: bool, as_json: bool, **typed: Any) -> int:
    app = call.app
    done = Rounds(app.desk).start(app.actor, call.value_of(beginning(app.intake, Typed(**typed))), dry_run=dry_run)
    _done(call, done.thing, dry_run=dry_run)
    hint_new_subjects(call, new_subjects_of(app.desk, done.thing, done.thing.subjects))
    if call.json or dry_run:
        return 0
    if done.thing.comments_end_at is not None:
        call.hint("round.only-kept", until=call.phrase().moment(done.thing.comments_end_at))
    call.hint("hint.evaluate-next", round=done.thing.number)
    return 0


@verb("evaluate.list", option("--all", "every", is_flag=True), json_option())
def list_(call: Call, every: bool, as_json: bool) -> int:
    found = Rounds(call.app.desk).every(call.app.actor, closed=every)
    if call.json:
        for each in found:
            call.dump(round_view(each, call.app.desk.rules.zone()))
        return 0
    print_rounds(call, list(found))
    return 0


@verb("evaluate.show", round_argument(), json_option())
def show(call: Call, number: str, as_json: bool) -> int:
    app = call.app
    rounds = Rounds(app.desk)
    round_ = rounds.read(app.actor, number)
    missing = [] if round_.undone_at is not None else unexplained(app.desk, app.actor, round_)
    disputes = disputes_view(round_, rounds.events(app.actor, round_)) if round_.disputes else []
    pairs = [pair_view(round_, pair, result) for pair, result in sorted(round_.results.items())]
    left = left_to_people(app.desk.database, round_number=round_.number) if round_.leftovers else []
    if call.json:
        call.dump({
            **round_view(round_, app.desk.rules.zone()), "disputes": disputes, "pairs": pairs,
            "missing": [{"target": item.target, "subject": item.subject} for item in missing],
            "leftovers": [{"ticket": item.ticket.number, "why": item.why} for item in left],
        })
        return 0
    print_round(call, round_, pairs, missing)
    print_disputes(call, disputes)
    print_leftovers(call, left)
    return 0


@verb("evaluate.log", round_argument(), json_option())
def log(call: Call, number: str, as_json: bool) -> int:
    app = call.app
    rounds = Rounds(app.desk)
    round_ = rounds.read(app.actor, number)
    events = rounds.events(app.actor, round_)
    if call.json:
        applications = [application_view(item) for item in round_.applications]
        call.dump({"round": round_.number, "applications": applications, "events": [event_view(event) for event in events]})
        return 0
    print_log(call, round_, events)
    return 0


@verb(
    "evaluate.object", round_argument(), option("--unit", required=True, metavar="UNIT"), option("--target", required=True, metavar="ID"),
    option("--point", metavar="NO"), option("--reason", required=True, metavar="TEXT"),
    option("--file", "files", multiple=True, metavar="FILE"), rehearsing(), json_option(),
)
def object_(
    call: Call, number: str, unit: str, target: str, point: str | None, reason: str, files: tuple[str, ...], dry_run: bool, as_json: bool,
) -> int:
    app, about = call.app, About(unit, target, point)
    done = Rounds(app.desk).object(app.actor, number, about, reason, app.intake.files(files), dry_run=dry_run)
    return _answered(call, done.thing, dry_run=dry_run)


@verb(
    "evaluate.decide", round_argument(), option("--unit", required=True, metavar="UNIT"), option("--target", required=True, metavar="ID"),
    option("--point", metavar="NO"), option("--accept/--refuse", "accepted", required=True), option("--value", metavar="VALUE"),
    option("--reason", required=True, metavar="TEXT"), rehearsing(), json_option(),
)
def decide(
    call: Call, number: str, unit: str, target: str, point: str | None, accepted: bool, value: str | None, reason: str, dry_run: bool,
    as_json: bool,
) -> int:
    app, about = call.app, About(unit, target, point)
    done = Rounds(app.desk).settle(app.actor, number, about, accepted=accepted, value=value, reason=reason, dry_run=dry_run)
    return _answered(call, done.thing, dry_run=dry_run)


@verb("evaluate.close", round_argument(), option("--accept-missing", metavar="REASON"), rehearsing(), json_option())
def close(call: Call, number: str, accept_missing: str | None, dry_run: bool, as_json: bool) -> int:
    done = close_round(call.app.desk, call.app.actor, number, accept_missing, dry_run=dry_run)
    return _done(call, done.thing, dry_run=dry_run)


@verb("evaluate.board", option("--scheme", metavar="NAME"), json_option())
def board(call: Call, scheme: str | None, as_json: bool) -> int:
    app = call.app
    view = board_view(read_board(app.desk, app.actor, scheme), app.desk.clock.now())
    if call.json:
        call.dump(view)
    else:
        print_board(call, view)
    return 0


@verb("evaluate.keep", round_argument(), rehearsing(), json_option())
def keep(call: Call, number: str, dry_run: bool, as_json: bool) -> int:
    return _done(call, Rounds(call.app.desk).keep(call.app.actor, number, dry_run=dry_run).thing, dry_run=dry_run)


def redact(call: Call, number: str, seq: int, reason: str | None, *, dry_run: bool) -> None:
    """Asks for the words of an event of a round to be erased, or without a reason confirms it. Who may not read rounds is told that it is
    done; and everybody which tickets have a note of the event as their detail.
    """
    rounds, readable = Rounds(call.app.desk), may_read_rounds(call.app.actor)
    done = erased(call, rounds, number, seq, reason, dry_run=dry_run)
    if call.json:
        view = dict(round_view(done.thing, call.app.desk.rules.zone())) if readable else None
        dump_done(call, done, "round", view, dry_run=dry_run)
    else:
        if dry_run:
            call.hint("done.rehearsed")
        if readable:
            print_round(call, done.thing, ())
    if not dry_run:
        for ticket in rounds.detailed_by(done.thing, seq):
            call.hint("hint.erased-of-ticket", number=ticket, seq=1)


def _answered(call: Call, round_: Round, *, dry_run: bool) -> int:
    """The round, and where it is written what was said and decided of its objections."""
    code = _done(call, round_, dry_run=dry_run)
    if not call.json and not dry_run:
        print_disputes(call, disputes_view(round_, Rounds(call.app.desk).events(call.app.actor, round_)))
    return code


def _done(call: Call, round_: Round, *, dry_run: bool) -> int:
    if call.json:
        call.dump(round_view(round_, call.app.desk.rules.zone()))
        return 0
    if dry_run:
        call.hint("done.rehearsed")
    print_round(call, round_, ())
    return 0


evaluate = Noun("evaluate", (
    start, import_, reopen, verify, tasklist, object_, decide, close, correct, undo, keep, list_, show, log, board,
    successor, rekey,
))
