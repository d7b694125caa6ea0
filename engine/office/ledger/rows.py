"""A line of a ledger → an item that can be taken over, with what is asked about it and what stands against it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from engine.office.ledger.course import Course
from engine.office.ledger.earlier import SILENT, read_named
from engine.office.ledger.heads import (
    CLUE,
    COMPLAINANT,
    COOPERATORS,
    DETAIL,
    DUE,
    EARLIER,
    FORMER,
    GRADE,
    LEAD,
    LEADER,
    MEASURE,
    NUMBER,
    OFFICER,
    OUTER,
    PARTIES,
    PHONE,
    PICTURE,
    REPEAT,
    SECRET,
    SENDER,
    SOURCE,
    STATUS,
    TITLE,
)
from engine.office.ledger.leads import choose_leads, read_units
from engine.office.ledger.outcome import CLEAR, SKIPPED, Reading
from engine.office.ledger.parties import Parties
from engine.office.ledger.progress import read_course
from engine.office.ledger.questions import (
    A_SOURCE,
    INCLUDE,
    NONE,
    SKIP,
    STRUCK,
    asked,
)
from engine.office.ledger.questions import GRADE as ABOUT_GRADE
from engine.office.ledger.questions import SOURCE as ABOUT_SOURCE
from engine.office.ledger.reader import Context, tell
from engine.office.ledger.status import ASSIGNED, CLOSED, FOUND, RUNNING, SUBMITTED, SUSPENDED, WITHDRAWN
from engine.office.ledger.table import Line, headed
from engine.office.sheets.cells import one_line
from engine.office.sheets.sheet import Cell
from engine.rules.acts.ledger_item import Item, Origin, Past
from engine.rules.acts.opening import Opening
from engine.rules.definition import Definition
from engine.rules.wording import LONGEST_TITLE

ELLIPSIS = "…"
DEFAULT_SOURCE = "self"

STAGES = {
    RUNNING: "rectifying", ASSIGNED: "assigned", SUBMITTED: "submitted", CLOSED: "verified", SUSPENDED: "suspended", WITHDRAWN: "withdrawn",
}
"""The stage of a workflow that a word of a ledger means."""


def read_line(line: Line, context: Context, *, has_closing: bool) -> list[Reading]:
    """What a line would be taken over as: one item, or of a line for a group one for each of its members."""
    number = written_number(line)
    former, status = one_line(line.text(FORMER)) or None, line.text(STATUS)
    first = Reading(
        line.sheet, line.row, number, sender=one_line(line.text(SENDER)) or None, former=former,
        pictures=line.pictures, wording=_wording(line, number), status_as=status,
    )
    if _left_aside(line, first, context):
        return [first]
    title = line.text(TITLE)
    if not title or title == CLEAR:
        if TITLE in line.places:  # else the file is told that none of its columns says it
            tell(first, "row-without-title", line.places[TITLE])
        return [first]
    course = read_course(line, first, context, has_closing=has_closing)
    units = read_units(line, first, context)
    leads, cooperators = choose_leads(units, first, context)
    lead = leads[0] if leads else None
    first.item = item = _item(line, first, course, units, lead, tuple(unit for unit in cooperators if unit != lead), context)
    first.told = _told(line, course, item)
    _name_earlier(line, first)
    if len(leads) <= 1:
        return [first]
    found = []
    for lead in leads:
        together = tuple(unit for unit in cooperators if unit != lead)
        own = item._replace(opening=item.opening._replace(lead=lead, cooperators=together))
        found.append(replace(
            first, item=own, told=_told(line, course, own), member=lead, asked=list(first.asked), problems=list(first.problems),
        ))
    return found


@lru_cache(maxsize=64)
def states_of(definition: Definition) -> dict[str, str]:
    """For each word of a ledger the state of a workflow, by its stage; where it has no such stage, the one before it."""
    by_stage = {state.stage: state.name for state in reversed([*definition.states.values()])}
    found = {FOUND: definition.initial}
    for word, stage in STAGES.items():
        found[word] = by_stage.get(stage, found.get(RUNNING, definition.initial))
    return found


# -- what the item is ---------------------------------------------------------------------------------------------------------


def written_number(line: Line) -> str | None:
    """The number that a line bears, without what is written around it."""
    text = one_line(line.text(NUMBER)).strip(" 　.、．")
    return text or None


def _wording(line: Line, number: str | None) -> str:
    """What stands beside the title of an item without a number, as it is written."""
    if number is not None:
        return ""
    return "\n".join((line.text(DETAIL), *(cell.text for kind, _, cell in line.beside if kind != PICTURE)))


def _name_earlier(line: Line, reading: Reading) -> None:
    """What the row says of earlier findings that it repeats."""
    texts = {field: text for field in (EARLIER, REPEAT) if (text := line.text(field)) and text != CLEAR}
    if not texts:
        return
    reading.named = read_named(texts.get(EARLIER, ""), texts.get(REPEAT, ""))
    if reading.named != SILENT:
        reading.named_as = "\n".join(headed(_head_of(line, field), text) for field, text in texts.items())
        reading.named_in = line.places[next(iter(texts))]


def _left_aside(line: Line, reading: Reading, context: Context) -> bool:
    """A row that is struck out as a whole may be cancelled: a person says so."""
    if not any(line.cell(field).marks.struck == "whole" for field in (TITLE, NUMBER)):
        return False
    if context.ask(reading, asked(STRUCK, choices=(SKIP, INCLUDE))) == SKIP:
        reading.action = SKIPPED
        return True
    return False


def _item(
    line: Line, reading: Reading, course: Course, units: Parties, lead: str | None, cooperators: tuple[str, ...], context: Context,
) -> Item:
    title, rest = _title(line.text(TITLE))
    grade, source = _grade(line, reading, context), _source(line, reading, context)
    kept: list[str] = []
    measure = one_line(line.text(MEASURE))
    leader, officer = _person(line, LEADER, context.leader, kept), _person(line, OFFICER, context.officer, kept)
    days = context.days
    detail = _detail(line, rest, course, units, [*kept, *([measure] if measure and measure not in context.measures else [])])
    state = states_of(context.definition)[course.state or FOUND]
    opening = Opening(
        title=title, source=source, detail=detail, measure=measure if measure in context.measures else None, grade=grade,
        lead=lead, cooperators=cooperators, leader=leader, officer=officer, due=days.close(course.due) if course.due else None,
        happened_at=days.past(course.found) if course.found else None, batch=context.batch,
        complainant=line.text(COMPLAINANT) or None, phone=line.text(PHONE) or None, clue=line.text(CLUE) or None,
        limit=course.limit if course.due is None and not course.standing else None,
        outer=days.close(course.outer) if course.outer else None,
    )
    closed = (course.closed or course.finished) if course.state in (CLOSED, WITHDRAWN) else None
    finished = (course.finished or course.closed) if course.state in (CLOSED, SUBMITTED) else None
    past = Past(
        state, days.past(course.assigned) if course.assigned else None, tuple(days.close(day) for day in course.extended),
        days.past(finished) if finished else None,
        days.past(closed) if closed else None, course.standing and course.due is None,
    )
    return Item(opening, past, Origin(context.sha256, line.sheet, line.row, reading.number))


def _title(text: str) -> tuple[str, str]:
    """A title of one line, and the whole text where it is more than that."""
    line = one_line(text)
    if len(line) <= LONGEST_TITLE:
        return line, text if "\n" in text else ""
    return line[: LONGEST_TITLE - 1] + ELLIPSIS, text


def _detail(line: Line, title: str, course: Course, units: Parties, kept: Sequence[str]) -> str | None:
    """What is kept beside the title: the whole text of one that was cut, the detail, and every other column with its head."""
    parts = [title, line.text(DETAIL)] if line.text(DETAIL) != CLEAR else [title]
    for kind, head, cell in line.beside:
        if kind != PICTURE and cell.text and cell.text != CLEAR:
            parts.append(headed(head, cell.text))
        if cell.marks.struck == "part":
            parts.append(headed(head, _struck(cell)))
    parts += [headed(_head_of(line, DUE), text) for text in course.kept]
    if course.outer is None and line.text(OUTER) not in ("", CLEAR):
        parts.append(headed(_head_of(line, OUTER), line.text(OUTER)))
    parts += [_struck(cell) for field, cell in line.cells.items() if field not in SECRET and cell.marks.struck == "part"]
    parts += [*units.others, *kept]
    return "\n".join(part for part in dict.fromkeys(parts) if part) or None


def _struck(cell: Cell) -> str:
    """What is struck out of a cell is kept, and holds no longer."""
    return f"~~{cell.marks.struck_text}~~"


def _head_of(line: Line, field: str) -> str:
    return line.heads.get(field, "")


def _person(line: Line, field: str, find: Callable[[str], str | None], kept: list[str]) -> str | None:
    """The account of a person that the cell names; of nobody's the name is kept."""
    text = one_line(line.text(field))
    if not text:
        return None
    found = find(text)
    if found is None:
        kept.append(headed(_head_of(line, field), text))
    return found


def _grade(line: Line, reading: Reading, context: Context) -> str | None:
    """问题类别 as the workflow has it; a word of another scale (重大, 3) is asked about, and kept."""
    text = one_line(line.text(GRADE))
    if not text or text == CLEAR:
        return None
    if found := context.grade(text):
        return found
    answer = context.ask(reading, asked(ABOUT_GRADE, text, (*context.definition.grades, NONE), default=NONE))
    return answer if answer in context.definition.grades else None


def _source(line: Line, reading: Reading, context: Context) -> str:
    if context.source is not None:
        return context.source
    text = one_line(line.text(SOURCE))
    if not text:
        return DEFAULT_SOURCE
    if found := context.sources(text):
        return found
    answer = context.ask(reading, asked(ABOUT_SOURCE, text, (A_SOURCE,)))  # it tells whose matter it is
    return context.sources(answer or "") or DEFAULT_SOURCE


# -- what the row tells at all ------------------------------------------------------------------------------------------------


def _told(line: Line, course: Course, item: Item) -> dict[str, object]:
    """The fields of which a row says something: a blank cell says nothing, `<清空>` says that there is nothing."""
    opening = item.opening
    cleared: dict[str, object] = {name: None for field, cell in line.cells.items() if cell.text == CLEAR and (name := _CLEARED.get(field))}
    told: dict[str, object] = {
        "title": opening.title, "detail": opening.detail, "due": course.due, "limit": opening.limit, "outer": course.outer,
        "lead": opening.lead, "grade": opening.grade,
        "cooperators": opening.cooperators or None, "state": item.past.state if course.tells_state else None,
    }
    return {name: value for name, value in told.items() if value is not None} | cleared


_CLEARED = {DETAIL: "detail", DUE: "due", LEAD: "lead", PARTIES: "lead", COOPERATORS: "cooperators", GRADE: "grade"}
