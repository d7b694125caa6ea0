"""The limit of an item of a ledger: a date with those before it, a review that stands, or an amount of time from 交办."""

from __future__ import annotations

from datetime import date

from engine.office.ledger.course import Course
from engine.office.ledger.dates import DateCell, read_dates
from engine.office.ledger.heads import DUE, EXTENDED, OUTER
from engine.office.ledger.outcome import Reading
from engine.office.ledger.questions import A_YEAR, ABOUT_DUE, DAY, LIMIT, NONE, STANDING, WHICH_LIMIT, YEAR, asked
from engine.office.ledger.reader import Context, tell
from engine.office.ledger.status import FOUND
from engine.office.ledger.table import Line
from engine.office.sheets.sheet import Cell
from engine.rules.timing.clocks import SAME_DAY, amount_of
from engine.rules.worktime import due as counted

WHOLLY_READ = frozenset({"长期坚持", "长期", "standing", "ongoing", "当日", "the same day"})
"""What says no more than that an item stands, or has the day of 交办; how often one is reviewed, and any other word, is kept."""


def asked_day(found: DateCell, code: str, text: str, reading: Reading, context: Context, choices: tuple[str, ...]) -> date | None:
    """The day that a person says for what a cell tells without one. None until then."""
    return _day_of(_answer(found, code, text, reading, context, choices), context)


def read_limit(line: Line, course: Course, reading: Reading, context: Context) -> None:
    """整改时限 with its extensions, a review, or an amount of time from the day it was assigned."""
    cell, moved = _limit_cell(line, course, reading, context), line.cell(EXTENDED)
    found = read_dates(cell.text, cell.value, context.year) if cell.text else DateCell()
    later = read_dates(moved.text, moved.value, context.year) if moved.text else DateCell()
    dates = list(found.dates)
    if later.dates:
        dates += [day for day in later.dates if day not in dates]
    elif not later.blank:
        course.kept.append(moved.text)
        if later.asked is not None and (day := asked_day(later, ABOUT_DUE, moved.text, reading, context, (DAY, NONE))):
            dates.append(day)
    if not dates:
        _without_date(found, cell.text, course, reading, context)
        return
    course.due, course.extended = dates[-1], tuple(dates[:-1])
    if found.standing or found.immediate:
        course.kept.append(cell.text)
    if course.outer is not None and course.due > course.outer:
        tell(reading, "row-beyond-outer", line.places.get(DUE), holds=False, values={"due": course.due, "outer": course.outer})


def _limit_cell(line: Line, course: Course, reading: Reading, context: Context) -> Cell:
    """The cell of the limit. Where two columns say two limits, a person says which of them is ours; and a workflow that knows one date only
    has that of the superior where we set none.
    """
    cell, others = line.cell(DUE), line.others(DUE)
    if not cell.text and not context.keeps_outer:
        return line.cell(OUTER)
    if not others:
        return cell
    by_head = {line.heads[DUE]: cell, **dict(others)}
    answer = context.ask(reading, asked(WHICH_LIMIT, choices=by_head))
    if answer is not None and by_head[answer] is not cell:
        course.kept.append(cell.text)
        return by_head[answer]
    return cell


def _without_date(found: DateCell, text: str, course: Course, reading: Reading, context: Context) -> None:
    since = course.assigned or (course.found if course.state != FOUND else None)
    if found.blank:
        return
    if found.amount is not None and since is None:
        course.limit = found.amount
        return
    if text not in WHOLLY_READ:
        course.kept.append(text)
    if found.standing:
        course.standing = True
    elif found.immediate and since is not None:
        course.due = since
    elif found.amount is not None and since is not None:
        limit = counted(context.days.past(since), amount_of(found.amount), context.days.calendar)
        course.due = limit.on
    elif found.immediate:
        course.limit = str(SAME_DAY)  # from 交办, which is still to come, or which a person is asked about
    else:
        answer = _answer(found, ABOUT_DUE, text, reading, context, (DAY, STANDING, NONE))
        course.due, course.standing = _day_of(answer, context), answer == STANDING


def _answer(found: DateCell, code: str, text: str, reading: Reading, context: Context, choices: tuple[str, ...]) -> str | None:
    """What a person answers about a cell that tells no day; None until then. Where only the year is missing, that alone is asked."""
    if found.asked == "year":
        context.ask(reading, asked(YEAR, choices=(A_YEAR,)))
        return None
    return context.ask(reading, asked(code, text, choices, hint=(day.isoformat() for day in found.maybe)))


def _day_of(answer: str | None, context: Context) -> date | None:
    """The day that is answered; None where the answer is another word."""
    return context.day(answer) if answer not in (None, NONE, STANDING, LIMIT, FOUND) else None
