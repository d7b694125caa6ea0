"""What is written of the results of a round: the file that they came in, what the round itself says, and the tickets that it opens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time

from engine.desk.act import write
from engine.desk.filing import Keep, copied, enter
from engine.desk.opening import opened
from engine.office.rounds.applied import File
from engine.office.rounds.planning import Planned, Planner
from engine.office.rounds.surroundings import Surroundings
from engine.office.stream import decided
from engine.record import journal
from engine.record.database import Database
from engine.rules.acts.opening import Opening
from engine.rules.loop.round import Round, evolve
from engine.rules.loop.round_acts import Entered, Sheet, record
from engine.rules.loop.standing import measure, relapse_of
from engine.rules.ticket import evolve as evolved
from engine.rules.wording import LONGEST_TITLE


@contextmanager
def filing(database: Database, file: File) -> Iterator[Keep]:
    """What keeps the file inside each transaction that cites it: its bytes in the first, its row in every one. Raises BadEvidence."""
    if file.handed is None:
        yield lambda now: None
        return
    evidence, kept = file.handed.evidence, False
    with copied(database, [file.handed]) as copies:

        def keep(now: datetime) -> None:
            nonlocal kept
            if kept:
                enter(database, [evidence], now)
            else:
                copies.keep(database, now)
            kept = True

        yield keep


def record_results(around: Surroundings, round_: Round, head: bytes, entered: Entered, now: datetime) -> Round:
    """Says it in the round's own stream, inside `write()`. Raises Refused."""
    event = decided(record(round_, entered, around.actor, now, around.desk.salt()))
    after = evolve(round_, event)
    journal.append(around.desk.database, [event], round_, after, head)
    return after


def open_ticket(around: Surroundings, planner: Planner, item: Planned) -> str:
    """Opens the ticket of a problem, and keeps on it what was measured. Returns its number."""
    desk, actor, round_ = around.desk, around.actor, planner.round
    standard = planner.standard(item.problem_name)
    zone = desk.rules.zone()
    lead = item.result.facts.get("lead", standard.lead)
    end = datetime.combine(round_.measured_on, time.max, zone).astimezone(UTC)  # a day, and no hour of it
    found = opened(desk, actor, Opening(
        title_of(item, standard.name, around.subject(item.problem_name.subject)), "evaluation", item.result.note or None,
        standard.measure, lead=around.names.in_force(lead) if lead is not None else None, happened_at=min(planner.now, end),
        problem_key=item.problem_name.key,
        round=round_.number, assign_by=round_.assign_due_at if round_.assign_due_at > planner.now else None,
    ), desk.rules.current("rectification"), desk.salt)
    [(ticket, head)] = journal.read_tickets(desk.database, [found.ticket.id])
    events = [decided(measure(ticket, round_.number, item.opens, actor, planner.now))]
    after = evolved(ticket, events[0])
    if item.opens is not None and item.opens.repeats is not None:
        events.append(relapse_of(after, item.opens.repeats, actor, planner.now))
        after = evolved(after, events[1])
    write(desk, events, ticket, after, head)
    return ticket.number


def title_of(item: Planned, name: str, subject: str) -> str:
    """What a ticket that a round opens is called: whose and which target."""
    point = item.result.note if item.problem_name.point is not None and item.result.note else None
    return f"{subject}：{point or name}"[:LONGEST_TITLE]


def sheet_of(file: File) -> Sheet:
    """The file as the round says where its results came from."""
    settings = {"sha256": file.sha256, **file.settings}
    return Sheet(file.handed.evidence if file.handed is not None else None, settings)
