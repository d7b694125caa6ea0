"""`zg import`: a ledger that was kept elsewhere is looked at, asked about, and taken over. Nothing is written without `--commit`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.call import Call
from engine.cli.coded import Coded
from engine.cli.complete import complete_workflow
from engine.cli.frame import argument, option, verb
from engine.cli.path import FilePath
from engine.cli.progress import Progress
from engine.cli.table import Column, table, tsv
from engine.cli.terminal import clean, fit
from engine.desk.tickets import WORKFLOW
from engine.errors import Reason, UsageError
from engine.rules.acts.opening import SOURCES
from engine.views.ledger_proposal import commands
from engine.words.vocabulary import answer_name

if TYPE_CHECKING:
    from engine.office.ledger.outcome import Outcome, Reading
    from engine.views.imports import ImportView, ProblemView, QuestionView

HIDDEN = ("include", "skip")
LONG = 1_000
"""From so many rows on a bar shows how many are written."""

TITLES = 10
"""How many new rows are named by their titles."""

SHOWN = 20
"""How many problems, and how many rows of a proposal, are shown on a screen. A program is told all of them."""

SOME_FAILED, INVALID = 7, 8


@verb(
    "import", argument("file", metavar="FILE", type=FilePath(dir_okay=False)),
    option("--source", type=Coded(SOURCES, "source"), metavar="SOURCE"), option("--batch", metavar="BATCH"),
    option("--map", "maps", multiple=True, metavar="COLUMN=FIELD"), option("--sheet", "sheets", multiple=True, metavar="NAME"),
    option("--year", type=click.IntRange(1990, 2200), metavar="YEAR"), option("--hidden", type=click.Choice(HIDDEN)),
    option("--answer", "answers", multiple=True, metavar="KEY=VALUE"),
    option("--workflow", metavar="NAME", default=WORKFLOW, shell_complete=complete_workflow), option("--commit", is_flag=True),
    option("--all-or-nothing", is_flag=True), option("--waive", metavar="REASON"),
    option("--annotated", type=FilePath(dir_okay=False), metavar="FILE"),
    option("--json", "as_json", is_flag=True),
)
def import_(
    call: Call, file: str, source: str | None, batch: str | None, maps: Sequence[str], sheets: Sequence[str], year: int | None,
    hidden: str | None, answers: Sequence[str], workflow: str, commit: bool, all_or_nothing: bool,
    waive: str | None, annotated: str | None, as_json: bool,
) -> int:
    # What reads files and sheets is imported where a file is read.
    from engine.office.ledger.entry import Ledger, Wishes
    from engine.office.ledger.report import import_view
    from engine.office.sheets.reader import read

    app = call.app
    wishes = Wishes(
        source, app.intake.batch(batch) if batch is not None else None, _maps(maps), tuple(sheets), year, hidden, _answers(answers),
        all_or_nothing, workflow, waive,
    )
    book = read(Path(file))
    bar = Progress(call, 0)

    def tick(done: int, of: int) -> None:
        bar.total, bar.wanted = of, call.terminal.err and not call.json and of >= LONG
        bar.advance(done - bar.done)

    outcome = Ledger(app.desk).enter(app.actor, book, wishes, commit=commit, tick=tick)
    bar.clear()
    outcome.must_fit()
    if annotated is not None:
        from engine.office.ledger.returned import write_returned  # few want the copy

        if Path(annotated).resolve() == Path(file).resolve():
            raise UsageError(reason="usage-annotated", file=file)
        red = write_returned(Path(annotated), book, outcome, lambda code, values: _say(call, code, values))
        call.hint("import.annotated", file=annotated, count=red)
    view = import_view(book, outcome, app.desk.rules.calendar(), lambda code, values: _say(call, code, values), commit=commit)
    if call.json:
        call.dump(view)
    elif call.terminal.out:
        _print(call, outcome, view)
    else:
        call.lines(tsv([*_lines(view)]))
    if outcome.refusals:
        return INVALID
    left = view["counts"]["held"] + view["counts"]["asked"]
    if not commit or not left:
        return 0
    return INVALID if all_or_nothing else SOME_FAILED


def _maps(texts: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The fields of columns as they were named. Raises UsageError."""
    from engine.office.ledger.columns import parsed_field  # what reads files is imported where a file is read
    from engine.office.ledger.heads import FIELDS

    named = {}
    for text in texts:
        head, equals, field = text.rpartition("=")
        fields = parsed_field(field)
        if not equals or not head.strip() or fields is None:
            raise UsageError(reason="usage-column-map", text=text, names=list(FIELDS))
        named[head.strip()] = fields
    return named


def _answers(texts: Sequence[str]) -> dict[str, str]:
    """Answers by the keys of their questions. Raises UsageError."""
    found = {}
    for text in texts:
        key, equals, value = text.rpartition("=")
        if not equals or not key.strip() or not value.strip():
            raise UsageError(reason="usage-answer", text=text)
        found[key.strip()] = value.strip()
    return found


def _say(call: Call, code: str, values: Mapping[str, object]) -> str:
    return call.phrase().reason(Reason(code, values))


def _lines(view: ImportView) -> Iterator[Sequence[object]]:
    """What a program reads without `--json`: lines of which the first field says what they are about."""
    for head, field in view["columns"].items():
        yield "column", head, field
    for row in view["rows"]:
        yield "row", *(dict(row)[name] for name in ("sheet", "row", "number", "action", "ticket", "lead", "due_on", "state", "title"))
        for proposal in row["proposals"]:
            yield "proposal", row["sheet"], row["row"], row["ticket"], proposal["field"], proposal["old"], proposal["new"]
    for question in view["questions"]:
        yield "question", question["key"], question["count"], "|".join(question["choices"]), question["default"], question["message"]
    for problem in view["problems"]:
        yield "problem", problem["sheet"], problem["row"], problem["code"], problem["message"]
    for problem in view["remarks"]:
        yield "remark", problem["sheet"], problem["row"], problem["code"], problem["message"]
    yield "written", view["written"]


def _print(call: Call, outcome: Outcome, view: ImportView) -> None:
    call.out(call.say("import.preview" if view["dry_run"] else "import.done", file=view["file"], count=view["written"]))
    heads = [(head, _fields(call, field)) for head, field in view["columns"].items()]
    call.lines(table([Column(call.say("field.head")), Column(call.say("field.means"))], heads, call.terminal))
    counts = [(action, count) for action, count in view["counts"].items() if count]
    items, rows = len(view["rows"]), len({(row["sheet"], row["row"]) for row in view["rows"]})
    call.out("", call.say("import.rows" if items == rows else "import.rows-for-each", count=rows, items=items))
    for action, count in counts:
        call.out(f"  {call.say(f'import.{action}', count=count)}")
    _print_titles(call, view)
    if view["unseen"]:
        call.out(call.say("import.unseen", what=call.phrase().several(call.say(f"sheet-mark.{mark}") for mark in view["unseen"])))
    _print_questions(call, view["questions"])
    _print_proposals(call, outcome)
    _print_problems(call, view["problems"], "import.problems")
    _print_problems(call, [problem for problem in view["remarks"] if problem["code"] != "ledger-aside"], "import.remarks")
    if view["recalled"]:
        call.out(call.say("import.recalled"), *(f"  --answer {_quoted(f'{key}={answer}')}" for key, answer in view["recalled"].items()))
    for key in view["unasked"]:
        call.warn("import.unasked", key=key)
    if view["dry_run"] and not outcome.refusals and view["counts"]["new"]:
        call.hint("import.next")


def _print_titles(call: Call, view: ImportView) -> None:
    """What the first rows are about that are new: a total that is taken for a problem, or a column for another one, is seen at once."""
    new = [row for row in view["rows"] if row["action"] == "new"]
    if new:
        call.out("", call.say("import.titles"))
    for row in new[:TITLES]:
        number = row["ticket"] or row["number"] or call.say("import.row", row=row["row"])
        told = (text for text in (number, row["title"] or "", call.phrase().unit(row["lead"])) if text)
        call.out(fit(clean("  " + "  ".join(told)), call.terminal.width))
    if len(new) > TITLES:
        call.out(f"  {call.say('import.more', count=len(new) - TITLES)}")


def _fields(call: Call, field: str | None) -> str:
    if field is None:
        return call.say("import.unknown")
    return call.phrase().several(call.say(f"ledger-field.{each}") for each in field.split("+"))


def _print_questions(call: Call, questions: Sequence[QuestionView]) -> None:
    if questions:
        call.out("", call.say("import.questions"))
    for question in questions:
        call.out(f"  {question['message']}{call.say('import.rows-of', count=question['count'])}")
        near = call.say("import.near", near=call.phrase().several(question["hint"])) if question["hint"] else ""
        call.out(f"    --answer {_quoted(question['key'] + '=' + '|'.join(question['choices']))}{near}")
        named = ((code, answer_name(question["code"], code, call.language)) for code in question["choices"])
        if meanings := [call.say("choice.typed", name=name, code=code) for code, name in named if name is not None]:
            call.out(f"    {call.phrase().several(meanings)}")


def _print_proposals(call: Call, outcome: Outcome) -> None:
    changed = [reading for reading in outcome.readings if reading.proposals]
    if changed:
        call.out("", call.say("import.proposals"))
    for reading in changed[:SHOWN]:
        for proposal in reading.proposals:
            label = call.say(f"ledger-field.{proposal.field}")
            old, new = (_named(call, reading, proposal.field, text) for text in (proposal.was, proposal.says))
            call.out(f"  {reading.ticket}  {label}{call.say('list.colon')}{old} → {new}")
        for command in commands(reading.proposed, call.say("typed.reason")):
            call.out(f"    {command}")
    if len(changed) > SHOWN:
        call.out(f"  {call.say('import.more', count=len(changed) - SHOWN)}")


def _named(call: Call, reading: Reading, field: str, text: str | None) -> str:
    """A value of a proposal as people call it."""
    if text is None:
        return "—"
    if field == "state":
        desk = call.app.desk
        return call.phrase(desk.definition(desk.ticket(call.app.actor, reading.ticket or ""))).state(text)
    phrase = call.phrase()
    if field in ("lead", "cooperators"):
        return phrase.several(phrase.unit(code) for code in text.split("、"))
    return phrase.grade(text) if field == "grade" else text


def _print_problems(call: Call, problems: Sequence[ProblemView], title: str) -> None:
    if problems:
        call.out("", call.say(title))
    for problem in problems[:SHOWN]:
        row = call.say("import.row", row=problem["row"]) if problem["row"] is not None else ""
        place = " ".join(part for part in (problem["sheet"], row) if part)
        call.out(f"  {place}{call.say('list.colon') if place else ''}{problem['message']}")
    if len(problems) > SHOWN:
        call.out(f"  {call.say('import.more', count=len(problems) - SHOWN)}")


def _quoted(text: str) -> str:
    """What the shell would part, in quotes."""
    return f"'{text}'" if any(char in text for char in " |;&<>()$`\"*?") else text
