"""What has become of an item, read: which state it reached and on which days, as the cells of a row tell it together.

No colour, no remark and no blank decides a state; what contradicts itself is for a person.
"""

from __future__ import annotations

import re
from datetime import date

from engine.office.ledger.course import Course
from engine.office.ledger.dates import dates_in, read_dates
from engine.office.ledger.heads import ASSIGNED_ON, CLOSED_ON, CLOSING, FINISHED_ON, FOUND_ON, OUTER, REMARK, STATUS
from engine.office.ledger.limits import asked_day, read_limit
from engine.office.ledger.outcome import Reading
from engine.office.ledger.questions import (
    DATE,
    DAY,
    FILL,
    LIMIT,
    NONE,
    OPEN,
    STANDING,
    STATE,
    UNDATED,
    UNLIMITED,
    asked,
)
from engine.office.ledger.reader import Context, tell
from engine.office.ledger.status import (
    ASSIGNED,
    CLOSED,
    DONE,
    FOUND,
    RUNNING,
    SUBMITTED,
    SUSPENDED,
    WITHDRAWN,
    read_closing,
    read_status,
)
from engine.office.ledger.table import Line

_SAYS_OTHERWISE = re.compile(
    r"销号|延期|延至|延到|展期|顺延|限期|重复|取消|不属实|撤销|移交|已完成|已整改|closed|duplicate|cancel|extended", re.IGNORECASE,
)
"""What a remark says that only a state, a date or a link may say: it is kept, and a person looks at it."""

_MOVED = ("延期", "延至", "延到", "展期", "顺延", "extended")
"""What it says where a date was moved."""


def read_course(line: Line, reading: Reading, context: Context, *, has_closing: bool) -> Course:
    """What the cells of a row tell; questions and problems go to the reading."""
    course = Course()
    course.found = _day(line, FOUND_ON, reading, context)
    course.assigned = _day(line, ASSIGNED_ON, reading, context)
    course.finished = _day(line, FINISHED_ON, reading, context)
    course.closed = _day(line, CLOSED_ON, reading, context)
    course.outer = _day(line, OUTER, reading, context) if context.keeps_outer else None
    closes_apart = has_closing or context.keeps_outer  # 完成 is not 销号 where a column of its own says that, or a superior does
    course.state = _state(line, course, reading, context, closes_apart=closes_apart)
    read_limit(line, course, reading, context)
    _dated(line, course, reading, context)
    _under_way(course, reading, context)
    _remarked(line, course, reading)
    return course


def _state(line: Line, course: Course, reading: Reading, context: Context, *, closes_apart: bool) -> str | None:
    told = _told(line, STATUS, reading, context)
    for _, cell in line.others(STATUS):
        if told is not None and read_status(cell.text).state not in (None, told):
            tell(reading, "row-two-states", holds=False, values={"status": line.text(STATUS), "text": cell.text})
    closing = _told(line, CLOSING, reading, context)
    course.tells_state = told is not None or closing is not None or any((course.closed, course.finished, course.assigned))
    if told is None and closing is None:
        if course.closed is not None or (course.finished is not None and not closes_apart):
            return CLOSED
        if course.finished is not None:
            return SUBMITTED
        return _of_colour(line, reading, context) or (RUNNING if course.assigned is not None else FOUND)
    if told in (FOUND, ASSIGNED, SUSPENDED, WITHDRAWN) and closing is None:
        return told
    if told == RUNNING and (closing == CLOSED or course.closed is not None):
        return _contradicts(line, reading, told)
    if told == RUNNING and course.finished is not None and closing is None:
        return _contradicts(line, reading, told)
    if closing == RUNNING and told in (CLOSED, WITHDRAWN):
        return _contradicts(line, reading, told)
    if closing in (CLOSED, SUBMITTED):
        return closing
    if closes_apart and (told == DONE or (told is None and course.finished is not None)):
        return CLOSED if course.closed is not None else SUBMITTED
    if told == DONE:
        return CLOSED
    return told or closing


def _told(line: Line, field: str, reading: Reading, context: Context) -> str | None:
    """The state that a cell tells; a person is asked about a word that nobody knows, or that says it is no matter at all."""
    text = line.text(field)
    found = read_closing(text) if field == CLOSING else read_status(text)
    if found.asked is None:
        return found.state
    choices = (FOUND, RUNNING, SUBMITTED, DONE, SUSPENDED, WITHDRAWN)
    answer = context.ask(reading, asked(STATE, text, choices))
    return answer if answer in (*choices, CLOSED) else None


def _contradicts(line: Line, reading: Reading, told: str) -> str:
    """One cell says that it goes on and another that it is over: which of them holds is for whoever keeps the ledger to say."""
    place = line.places.get(STATUS, line.places.get(CLOSING))
    tell(reading, "row-contradicts", place, values={"status": line.text(STATUS) or line.text(CLOSING)})
    return told


def _of_colour(line: Line, reading: Reading, context: Context) -> str | None:
    """What a person says that a colour means. Without an answer it means nothing."""
    fill = next((cell.marks.fill for cell in line.cells.values() if cell.marks.fill), "")
    if not fill:
        return None
    answer = context.ask(reading, asked(FILL, fill, (RUNNING, SUBMITTED, DONE, NONE), default=NONE))
    return {DONE: CLOSED}.get(answer or "", answer) if answer in (RUNNING, SUBMITTED, DONE) else None


def _day(line: Line, field: str, reading: Reading, context: Context) -> date | None:
    """The day on which something was. Of several the last."""
    cell = line.cell(field)
    if not cell.text:
        return None
    found = read_dates(cell.text, cell.value, context.year)
    if found.dates:
        return found.dates[-1]
    if found.blank:
        return None
    return asked_day(found, DATE, cell.text, reading, context, (DAY, NONE))


def _dated(line: Line, course: Course, reading: Reading, context: Context) -> None:
    """What is done was done on a day: that of its column, or the only one that the cell of progress names; else it is asked for, once."""
    if course.state not in (CLOSED, SUBMITTED, WITHDRAWN) or course.closed is not None or course.finished is not None:
        return
    named = {day for field in (STATUS, CLOSING) for day in dates_in(line.text(field), context.year)}
    if len(named) == 1:
        course.finished = next(iter(named))
        return
    answer = context.ask(reading, asked(UNDATED, choices=(DAY, OPEN)))
    if answer == OPEN:
        course.state = RUNNING
    elif answer is not None:
        course.finished = context.day(answer)


def _under_way(course: Course, reading: Reading, context: Context) -> None:
    """What is under way has a limit: no import gives it one of its own."""
    if course.state not in (RUNNING, ASSIGNED) or course.due is not None or course.standing or reading.asked:
        return
    answer = context.ask(reading, asked(UNLIMITED, choices=(DAY, STANDING, LIMIT, FOUND)))
    if answer == STANDING:
        course.standing = True
    elif answer == FOUND:
        course.state = FOUND
    elif answer not in (None, LIMIT):
        course.due = context.day(str(answer))


def _remarked(line: Line, course: Course, reading: Reading) -> None:
    """A remark that says what the state or the date does not is no state: it is kept, and a person looks at it."""
    for kind, _, cell in line.beside:
        if kind != REMARK or not (said := _SAYS_OTHERWISE.search(cell.text)):
            continue
        holds = {
            ("销号", "已完成", "已整改", "closed"): course.state in (CLOSED, SUBMITTED), _MOVED: bool(course.extended),
            ("取消", "撤销", "cancel"): course.state == WITHDRAWN,
        }
        if not any(agrees for words, agrees in holds.items() if said[0].lower() in words):
            tell(reading, "row-judge", holds=False, values={"text": cell.text})
