"""`zg feedback`: complaints and reviews (诉求评价) that come from other platforms: taken in, looked at, answered, told back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from engine.audit.outfile import replacing
from engine.cli.call import Call
from engine.cli.coded import Coded, several
from engine.cli.complete import complete_number
from engine.cli.frame import Noun, argument, json_option, option, verb
from engine.cli.listing import TITLE_LEAST
from engine.cli.many import SOME_FAILED
from engine.cli.path import FilePath
from engine.cli.progress import Progress
from engine.cli.table import Column, pairs, table, tsv
from engine.cli.thing import dump_done, erased, number_argument, write_options
from engine.errors import UsageError
from engine.office.complaints.answers import answer_by_phone, make_link
from engine.office.complaints.answers import decide as decided
from engine.office.complaints.columns import Asked, read_map
from engine.office.complaints.feedbacks import Feedbacks
from engine.office.complaints.from_file import take_in_file
from engine.office.complaints.outbound import cells, write_csv, write_lines
from engine.office.complaints.outbound import outcomes as told_outcomes
from engine.office.complaints.outbound import reconcile as compared
from engine.office.complaints.refusals import Refusals
from engine.office.complaints.shown import IntakeView, intake_view
from engine.office.stream import DoneTo
from engine.rules.access import may_read_feedback
from engine.rules.loop.feedback import KINDS, Feedback
from engine.rules.loop.feedback_acts import ANSWERS, REASONS
from engine.rules.proof.chain import moment
from engine.views.feedback import feedback_view, link_view
from engine.views.moments import local_text

SHOWN = 20
"""So many problems are shown on the screen."""

CHANNELS = ("phone",)
"""How an answer reached the office that enters it (代录)."""


def _file_options() -> tuple[click.Parameter, ...]:
    return (
        argument("file", metavar="FILE", type=FilePath(path_type=Path)), option("--source", required=True, metavar="NAME"),
        option("--map", "columns", multiple=True, metavar="COLUMN=FIELD"), option("--kind", type=Coded(KINDS, "source"), metavar="KIND"),
    )


@verb("feedback.receive", *_file_options(), option("--commit", is_flag=True), json_option())
def receive(call: Call, file: Path, source: str, columns: tuple[str, ...], kind: str | None, commit: bool, as_json: bool) -> int:
    app, bar, asked = call.app, Progress(call, 0), Asked(read_map(columns), kind)
    done = take_in_file(app.desk, app.actor, source.strip(), file, asked, commit=commit, tick=lambda written, of: bar.advance(written))
    view = intake_view(done, call.phrase())
    if call.json:
        call.dump(view)
    else:
        _print_intake(call, view)
    return SOME_FAILED if view["problems"] else 0


@verb(
    "feedback.list", option("--all", "every", is_flag=True), option("--ticket", metavar="NO", shell_complete=complete_number),
    json_option(),
)
def list_(call: Call, every: bool, ticket: str | None, as_json: bool) -> int:
    feedbacks, actor = Feedbacks(call.app.desk), call.app.actor
    found = feedbacks.every(actor, closed=every) if ticket is None else iter(feedbacks.of_ticket(actor, ticket))
    if call.json:
        for each in found:
            call.dump(_view(call, each, secret=False))
        return 0
    shown = [(each, _view(call, each, secret=False)) for each in found]
    if not call.terminal.out:
        fields = ("number", "source", "ref", "kind", "rating", "stated_on", "unit", "ticket", "outcome", "answer", "redo", "item")
        call.lines(tsv([[view[name] for name in fields] for _, view in shown]))
        return 0
    columns = [
        Column(call.say("field.number"), whole=True), Column(call.say("field.sender-ref"), whole=True), Column(call.say("field.rating")),
        Column(call.say("field.stated"), whole=True), Column(call.say("field.subject-unit"), spare=1),
        Column(call.say("field.item"), least=TITLE_LEAST), Column(call.say("field.ticket"), whole=True),
    ]
    rows = [
        [
            each.number, each.title, _rating(call, each), view["stated_on"], call.phrase().unit(each.unit) if each.unit else "",
            each.item or "", each.ticket or "",
        ] for each, view in shown
    ]
    call.lines(table(columns, rows, call.terminal))
    call.hint("feedback.count" if shown else "feedback.none", count=len(shown))
    return 0


@verb("feedback.show", number_argument("FEEDBACK"), json_option())
def show(call: Call, number: str, as_json: bool) -> int:
    found = Feedbacks(call.app.desk).read(call.app.actor, number)
    if call.json:
        call.dump(_view(call, found, secret=True))
    else:
        _print_card(call, found)
    return 0


@verb(
    "feedback.outcomes", option("--source", required=True, metavar="NAME"),
    option("--out", type=FilePath(dir_okay=False), metavar="FILE"), json_option(),
)
def outcomes(call: Call, source: str, out: str | None, as_json: bool) -> int:
    app = call.app
    found = told_outcomes(app.desk, app.actor, source.strip())
    if out is not None:
        with replacing(Path(out)) as scratch:
            count = (write_csv if Path(out).suffix.casefold() == ".csv" else write_lines)(found, scratch)
        call.hint("done.outcomes", file=out, count=count)
    elif call.json:
        for line in found:
            call.dump(line)
    else:
        zone = app.desk.rules.zone()
        call.lines(tsv([cells({**line, "at": local_text(moment(line["at"]) if line["at"] else None, zone)}) for line in found]))
    return 0


@verb("feedback.reconcile", *_file_options(), json_option())
def reconcile(call: Call, file: Path, source: str, columns: tuple[str, ...], kind: str | None, as_json: bool) -> int:
    app, asked = call.app, Asked(read_map(columns), kind)
    found = list(compared(app.desk, app.actor, source.strip(), file, asked))
    for each in found:
        if call.json:
            call.dump(each._asdict())
        elif call.terminal.out:
            call.out(call.say(f"difference.{each.code}", **{name: value or "" for name, value in each._asdict().items()}))
        else:
            call.lines(tsv([list(each)]))
    call.hint("feedback.differences" if found else "feedback.agree", count=len(found))
    return 0


@verb(
    "feedback.dismiss", argument("ref", metavar="REF"), option("--source", required=True, metavar="NAME"),
    option("--reason", required=True, metavar="TEXT"),
)
def dismiss(call: Call, ref: str, source: str, reason: str) -> int:
    desk = call.app.desk
    Refusals(desk.database, desk.clock, desk.salt).dismiss(call.app.actor, source.strip(), ref, reason)
    call.hint("done.dismissed", ref=ref)
    return 0


@verb("feedback.link", number_argument("FEEDBACK"), json_option())
def link(call: Call, number: str, as_json: bool) -> int:
    made = make_link(call.app.desk, call.app.actor, number)
    if call.json:
        call.dump(link_view(made.feedback, made.token))
        return 0
    call.out(made.token)
    call.hint("done.answer-link", number=made.feedback.number, until=call.phrase().moment(made.feedback.token_until_at))
    return 0


@verb(
    "feedback.answer", number_argument("FEEDBACK"), argument("said", metavar="ANSWER", type=Coded(ANSWERS, "answer")),
    several("--because", type=Coded(REASONS, "answer-reason")), option("--text", metavar="TEXT"),
    option("--by", type=Coded(CHANNELS, "answer-by"), required=True), *write_options(),
)
def answer(
    call: Call, number: str, said: str, because: tuple[str, ...], text: str | None, by: str, dry_run: bool, as_json: bool,
) -> int:
    done = answer_by_phone(call.app.desk, call.app.actor, number, said, because, text, dry_run=dry_run)
    print_done(call, done, dry_run=dry_run)
    return 0


@verb(
    "feedback.decide", number_argument("FEEDBACK"), option("--reopen", is_flag=True), option("--keep", is_flag=True),
    option("--reason", metavar="TEXT", required=True), *write_options(),
)
def decide(call: Call, number: str, reopen: bool, keep: bool, reason: str, dry_run: bool, as_json: bool) -> int:
    if reopen == keep:
        raise UsageError(reason="usage-reopen-or-keep")
    done = decided(call.app.desk, call.app.actor, number, granted=reopen, reason=reason, dry_run=dry_run)
    print_done(call, done, dry_run=dry_run)
    return 0


def redact(call: Call, number: str, seq: int, reason: str | None, *, dry_run: bool) -> None:
    """Asks for the words of an event of a complaint or review to be erased, or without a reason confirms it."""
    feedbacks = Feedbacks(call.app.desk)
    done = erased(call, feedbacks, number, seq, reason, dry_run=dry_run)
    print_done(call, done, dry_run=dry_run)
    if dry_run:
        return
    for other in feedbacks.statements(call.app.actor, done.thing):
        if other != seq:
            call.hint("hint.erased-other", number=done.thing.number, seq=other)
    for copy in feedbacks.copies(call.app.actor, done.thing):
        call.hint("hint.erased-of-ticket", number=done.thing.ticket, seq=copy)


def print_done(call: Call, done: DoneTo[Feedback], *, dry_run: bool) -> None:
    """Prints a complaint or review as it is after an act, or in a rehearsal as it would be, with the event; of one who may not read it only
    the number.
    """
    readable = may_read_feedback(call.app.actor)
    if call.json:
        dump_done(call, done, "feedback", _view(call, done.thing, secret=True) if readable else None, dry_run=dry_run)
        return
    if dry_run:
        call.hint("done.rehearsed")
    if readable:
        _print_card(call, done.thing)


def _view(call: Call, feedback: Feedback, *, secret: bool) -> dict[str, Any]:
    desk = call.app.desk
    known = Feedbacks(desk).secret(call.app.actor, feedback) if secret else {}
    return dict(feedback_view(feedback, desk.rules.zone(), known))


def _rating(call: Call, feedback: Feedback) -> str:
    return call.say(f"rating.{feedback.rating}") if feedback.rating is not None else call.say("source.complaint")


def _print_intake(call: Call, view: IntakeView) -> None:
    call.out(call.say("feedback.preview" if view["dry_run"] else "feedback.taken", file=view["file"], count=len(view["rows"])))
    for action, count in view["counts"].items():
        if count:
            call.out(f"  {call.say(f'feedback-action.{action}', count=count)}")
    if unread := [head for head, field in view["columns"].items() if field is None]:
        call.warn("feedback.unread", columns=call.phrase().several(unread))
    for problem in view["problems"][:SHOWN]:
        call.out(f"  {call.say('import.row', row=problem['row'])}{call.say('list.colon')}{problem['message']}")
    if len(view["problems"]) > SHOWN:
        call.out(f"  {call.say('import.more', count=len(view['problems']) - SHOWN)}")
    if view["dry_run"]:
        call.hint("feedback.next")


def _print_card(call: Call, feedback: Feedback) -> None:
    view, phrase = _view(call, feedback, secret=True), call.phrase()
    answered = call.say(f"answer.{feedback.answer}") if feedback.answer else ""
    reasons = phrase.several(call.say(f"answer-reason.{reason}") for reason in feedback.answer_reasons)
    call.lines(pairs([
        (call.say("field.number"), feedback.number), (call.say("field.sender-ref"), feedback.title),
        (call.say("field.rating"), _rating(call, feedback)), (call.say("field.stated"), view["stated_on"]),
        (call.say("field.subject-unit"), phrase.unit(feedback.unit) if feedback.unit else ""),
        (call.say("field.item"), feedback.item or ""),
        (call.say("field.said"), feedback.said or ""), (call.say("field.their-state"), call.say(f"category.{feedback.category}")),
        (call.say("field.who-said"), view["name"] or ""), (call.say("field.phone"), view["phone"] or ""),
        (call.say("field.ticket"), feedback.ticket or call.say("feedback.no-ticket")),
        (call.say("field.outcome"), call.say(f"outcome.{feedback.outcome}") if feedback.outcome else ""),
        (call.say("field.answer"), phrase.several(part for part in (answered, reasons, feedback.answer_text or "") if part)),
        (call.say("field.redo"), _redo(call, feedback)),
    ], call.terminal))


def _redo(call: Call, feedback: Feedback) -> str:
    if feedback.redo is None:
        return ""
    until = call.phrase().moment(feedback.redo_due_at) if feedback.redo_due_at else ""
    return call.say(f"redo.{feedback.redo}", date=until, who=call.person(feedback.decided_by) if feedback.decided_by else "")


feedback = Noun("feedback", (receive, dismiss, list_, show, link, answer, decide, outcomes, reconcile))
