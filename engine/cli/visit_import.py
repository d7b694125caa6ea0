"""`zg visit import`: what a visit found, from a sheet or from a folder of photos; a preview unless it is to be entered."""

from __future__ import annotations

from pathlib import Path

from engine.cli.call import Call
from engine.cli.complete import complete_workflow
from engine.cli.failure import most_telling_code, one_line
from engine.cli.frame import argument, option, verb
from engine.cli.listing import TITLE_LEAST
from engine.cli.many import SOME_FAILED
from engine.cli.path import FilePath
from engine.cli.table import Column, table, tsv
from engine.cli.thing import number_argument
from engine.desk.tickets import WORKFLOW
from engine.errors import Refused, ZgError
from engine.office.visits.importing import Entered, import_findings


@verb(
    "visit.import", number_argument("VISIT"), argument("file", metavar="FILE|FOLDER", type=FilePath(path_type=Path)),
    option("--commit", is_flag=True),
    option("--workflow", metavar="NAME", default=WORKFLOW, shell_complete=complete_workflow), option("--json", "as_json", is_flag=True),
)
def import_(call: Call, number: str, file: Path, commit: bool, workflow: str, as_json: bool) -> int:
    app = call.app
    found = import_findings(app.desk, app.actor, app.intake, number, file, workflow, commit=commit)
    problems = [(where, error, _told(call, error)) for where, error in found.problems]
    if call.json:
        call.dump({
            "dry_run": not commit,
            "findings": [
                {
                    "where": each.item.where, "title": each.item.title, "photos": _photos(each), "new": each.new, "number": each.number,
                    "again": list(each.again),
                } for each in found.entered
            ],
            "problems": [
                {"where": where, "code": _code(call, error), "message": message} for where, error, message in problems
            ],
            "beside": found.beside,
        })
        return SOME_FAILED if problems else 0
    rows = [
        [each.item.where, each.item.title, each.item.unit, call.phrase().several(_photos(each)), _what(call, each)]
        for each in found.entered
    ]
    if call.terminal.out:
        columns = [
            Column(call.say("field.where"), whole=True), Column(call.say("field.title"), least=TITLE_LEAST),
            Column(call.say("field.lead"), spare=1), Column(call.say("field.photos"), spare=2),
            Column(call.say("field.number"), whole=True),
        ]
        call.lines(table(columns, rows, call.terminal))
    else:
        call.lines(tsv(rows))
    for each in found.entered:
        if each.again:
            call.warn("visit.photo-again", where=each.item.where, numbers=list(each.again))
    if found.beside:
        call.warn("visit.pictures-beside", names=found.beside)
    for where, _, message in problems:
        call.warn("visit.import-problem", where=where, message=message)
    new = sum(each.new for each in found.entered)
    call.hint("visit.imported" if commit else "visit.would-import", count=new, same=len(found.entered) - new, failed=len(problems))
    return SOME_FAILED if problems else 0


def _told(call: Call, error: ZgError) -> str:
    """Why an item cannot be used: of what the rules do not allow, each reason."""
    if not isinstance(error, Refused) or not error.reasons:
        return one_line(error, call)
    phrase = call.phrase()
    return "; ".join(phrase.reason(reason) for reason in error.reasons)


def _code(call: Call, error: ZgError) -> str:
    return error.reasons[0].code if isinstance(error, Refused) and error.reasons else most_telling_code(error, call.language)


def _photos(each: Entered) -> list[str]:
    """The photos that are kept with a finding, as they are called."""
    return each.item.photos


def _what(call: Call, each: Entered) -> str:
    """The number of a finding, or that it would be new."""
    return each.number or call.say("visit.import-new" if each.new else "visit.import-same")
