"""`zg workflow migrate`: open tickets go over to another version of their workflow, and what becomes of each is shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from engine.cli.call import Call
from engine.cli.complete import complete_workflow
from engine.cli.filters import named_by_option
from engine.cli.frame import argument, option, verb
from engine.cli.many import SOME_FAILED
from engine.cli.table import Cell, Column, table, tsv
from engine.cli.terminal import clean
from engine.errors import UsageError
from engine.rules.definition.model import SHORT_HASH
from engine.rules.proof.chain import moment

if TYPE_CHECKING:
    from engine.registry.versions import Change, GoneOver
    from engine.views.migration import GoneOverView
    from engine.words.phrase import Phrase

MOST_ROWS = 200
"""The largest number of tickets in one table; below it stands how many more there are. Programs get every one."""

STATE_LEAST, RUNG_LEAST = 30, 26
"""The widths below which a state, and a rung with its day, say too little."""


@verb(
    "workflow.migrate", argument("name", metavar="NAME", shell_complete=complete_workflow), option("--to", "version", metavar="VERSION"),
    option("--map", "pairs", multiple=True, metavar="OLD=NEW"), option("--dry-run", is_flag=True),
    option("--json", "as_json", is_flag=True),
)
def migrate(call: Call, name: str, version: str | None, pairs: tuple[str, ...], dry_run: bool, as_json: bool) -> int:
    from engine.registry.versions import Outcome, Versions  # the other commands of a workflow do without

    versions, actor = Versions(call.app.desk), call.app.actor
    try:
        change = versions.change(actor, name, version, pairs)
    except UsageError as error:
        raise named_by_option(error, "zg workflow migrate") from None
    printer = _Printer(call, change)
    if dry_run:
        outcome = Outcome()
        try:
            for item in versions.preview(actor, change):
                outcome.tickets += 1
                printer.add(item)
        finally:
            printer.show()
    else:
        outcome = versions.migrate(actor, change, printer.add)
        printer.show()
    if call.json:
        call.dump({
            "workflow": name, "to": change.to.hash, "map": dict(change.states), "dry_run": dry_run, "tickets": outcome.tickets,
            "left": [{"code": reason.code, "values": dict(reason.values)} for reason in outcome.left],
        })
    else:
        code = "workflow.would-migrate" if dry_run else "workflow.migrated" if outcome.tickets else "workflow.migrated-none"
        call.hint(code, name=name, hash=change.to.hash[:SHORT_HASH], count=outcome.tickets)
        for reason in outcome.left:
            call.warn("workflow.not-migrated", reason=call.phrase(change.to).reason(reason))
    return SOME_FAILED if outcome.left else 0


class _Printer:
    """Prints what becomes of each ticket: at once for programs, one table at the end for people."""

    def __init__(self, call: Call, change: Change) -> None:
        self.call, self.change = call, change
        self.phrase = call.phrase(change.to)
        self.rows: list[list[Cell | str]] = []
        self.changes: list[list[str]] = []
        self.count = 0
        self.output_closed = False

    def add(self, item: GoneOver) -> None:
        """Takes one ticket. When the reader of our output goes away, the tickets go over to the end all the same."""
        from engine.views.migration import gone_over_view  # as in `migrate`

        self.count += 1
        desk = self.call.app.desk
        view = gone_over_view(item.before, item.earlier, item.event, item.after, self.change.to, desk.rules.calendar())
        try:
            if self.output_closed:
                return
            if self.call.json:
                self.call.dump(view)
            elif not self.call.terminal.out:
                self.call.lines(tsv([[view["number"], view["state_before"], view["state"], view["promised_on"], self._rings(view)]]))
            elif len(self.rows) < MOST_ROWS:
                before = self.call.phrase(desk.definition(item.before))
                self.rows.append(self._row(before, view))
                self.changes.append([clean(text) for text in _changes(view, self.phrase, before)])
        except BrokenPipeError:
            self.output_closed = True

    def show(self) -> None:
        if self.output_closed:
            raise BrokenPipeError
        say = self.call.say
        columns = [
            Column(say("field.number"), whole=True), Column(say("field.state"), least=STATE_LEAST),
            Column(say("field.promised"), whole=True), Column(say("field.next-rung"), least=RUNG_LEAST, spare=2),
            Column(say("field.title"), spare=1),
        ]
        head, *lines = table(columns, self.rows, self.call.terminal) or [""]
        self.call.lines([head] if self.rows else [])
        for line, changes in zip(lines, self.changes, strict=True):
            self.call.lines([line, *(f"  {text}" for text in changes)])
        if self.rows and self.count > len(self.rows):
            self.call.out(self.call.say("calendar.more", count=self.count - len(self.rows)))

    def _row(self, before: Phrase, view: GoneOverView) -> list[Cell | str]:
        old, new = before.state(view["state_before"]), self.phrase.state(view["state"])
        state = new if (old, view["state_before"]) == (new, view["state"]) else f"{old} → {new}"
        return [view["number"], state, view["promised_on"] or "—", self._rings(view), view["title"]]

    def _rings(self, view: GoneOverView) -> str:
        """The rung that rings next, and on which day."""
        found, phrase = view["next"], self.phrase
        if found is None:
            return "—"
        rung = phrase.repeated(found["clock"], found["n"]) if found["n"] else phrase.rung(found["clock"], found["rung"])
        return clean(f"{rung} {_day(found['at'], phrase)}")


def _changes(view: GoneOverView, phrase: Phrase, before: Phrase) -> Iterator[str]:
    """What is otherwise than before, part by part. What the new version has no name for is called as the one before called it."""
    for rung in view["fired"]:
        yield before.say("migrate.fired", rung=before.rung_title(rung))
    for clock, (old, new) in view["moved"].items():
        yield phrase.say("migrate.moved", clock=clock, old=_day(old, phrase), new=_day(new, phrase))
    for clock in view["begun"]:
        yield phrase.say("migrate.begun", clock=clock)
    for clock in view["ended"]:
        yield before.say("migrate.ended", clock=clock)
    for clock, rungs in view["skipped"].items():
        yield phrase.say("migrate.skipped", clock=clock, rungs=[phrase.rung(clock, rung) for rung in rungs])


def _day(at: datetime | str | None, phrase: Phrase) -> str:
    return phrase.day(moment(at) if isinstance(at, str) else at)
