"""A slow, obviously right model of one promise: a set of open minutes, a budget that is counted down, a list of rungs.

It knows nothing of the engine's arithmetic: a day is a list of minutes looked at one by one, working days are walked one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

MINUTE, QUARTER, DAY = timedelta(minutes=1), timedelta(minutes=15), timedelta(days=1)
EXTENSIONS = {"C": (1, "5 wd"), "B": (2, "15 wd"), "A": (2, "1 mo")}
LIMITS = {"C": "5 wd", "B": "15 wd", "A": "1 mo"}
LEAST = {"C": "3 wd", "B": "3 wd", "A": "5 wd"}
LADDER = {
    "reminder": (0, {"C": -2, "B": -3, "A": -5}), "urging": (1, {"C": 0, "B": 0, "A": 0}),
    "supervision-letter": (2, {"C": 3, "B": 3, "A": 3}), "circular": (3, {"C": 5, "B": 8, "A": 8}),
    "interview": (4, {"C": 10, "B": 15, "A": 15}),
}
"""What the shipped workflow says, written down again by hand."""

AGAIN = (5, 10, 20)
"""How many working days after the one before it the last rung comes round: first, second, third time, and so on as the third."""


@dataclass(frozen=True)
class Office:
    """When it is open: wall-clock minutes of a day from and to, by zone, with weekends, days off and days worked."""

    zone: str
    hours: tuple[tuple[int, int], ...]
    weekend: frozenset[int]
    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        return day in self.on or (day not in self.off and day.weekday() not in self.weekend)

    def day_of(self, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.zone)).date()

    @cache  # noqa: B019 – an office is a value, and a test has few of them
    def minutes(self, day: date) -> tuple[datetime, ...]:
        """Every open minute of a day, worked or not, found by looking at each quarter of 52 hours, enough for every zone: no zone begins a
        day or changes its clocks within a quarter.
        """
        zone = ZoneInfo(self.zone)
        start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=14)
        found = []
        for quarter in [start + step * QUARTER for step in range(52 * 4)]:
            wall = quarter.astimezone(zone)
            if wall.date() == day:
                first = wall.hour * 60 + wall.minute
                found += [
                    quarter + step * MINUTE for step in range(15) if any(begin <= first + step < end for begin, end in self.hours)
                ]
        return tuple(found)

    def opening(self, day: date) -> datetime:
        return self.minutes(day)[0]

    def close(self, day: date) -> datetime:
        return self.minutes(day)[-1] + MINUTE

    def walk(self, day: date, steps: int) -> date:
        """So many working days on, or back."""
        one = DAY if steps > 0 else -DAY
        while steps:
            day += one
            if self.works(day):
                steps -= 1 if steps > 0 else -1
        return day

    def closes(self, begin: datetime, end: datetime, *, worked: bool = True) -> int:
        """How many days close after `begin` and by `end`, one by one; days of rest too where that is asked."""
        day, found = self.day_of(begin) - DAY, 0
        while day <= self.day_of(end) + DAY:
            found += begin < self.close(day) <= end and (self.works(day) or not worked)
            day += DAY
        return found

    def after(self, begin: datetime, amount: str, pauses: Sequence[tuple[datetime, datetime]] = ()) -> datetime:
        """The close of the last day of `5 wd` or `1 mo`, so many days later as closed in the pauses."""
        number, unit = amount.split()
        day = self.day_of(begin)
        if unit == "wd":
            return self.close(self.walk(day, int(number) + sum(self.closes(*pause) for pause in pauses)))
        year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
        landing = day
        while (landing.year, landing.month) < (year, month):
            landing += DAY
        while landing.day < day.day and (landing + DAY).month == month:
            landing += DAY
        landing = self.worked(landing)
        for pause in pauses:
            if pause[0] < self.close(landing):
                landing = self.worked(landing + DAY * self.closes(*pause, worked=False))
            else:
                landing = self.walk(landing, self.closes(*pause))
        return self.close(landing)

    def worked(self, day: date) -> date:
        """The day, or the next one that is worked."""
        while not self.works(day):
            day += DAY
        return day


@dataclass
class Promise:
    """The unit's promise as a person with a calendar and a pencil would keep it."""

    office: Office
    grade: str
    now: datetime
    due: datetime = field(init=False)
    fixed: bool = False
    epoch: int = 1
    start: datetime = field(init=False)
    amount: str = field(init=False)
    pauses: list[tuple[datetime, datetime]] = field(default_factory=list)
    stopped: datetime | None = None
    late_when_stopped: int = 0
    waiting: list[str] = field(init=False)
    ours: list[str] = field(default_factory=list)
    again: int = 0
    log: list[tuple[int, str, datetime, bool, int, int]] = field(default_factory=list)
    level: int = 0
    request: tuple[datetime, datetime] | None = None
    grants: list[datetime] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.start, self.amount = self.now, LIMITS[self.grade]
        self.due = self.office.after(self.start, self.amount)
        self.begin()

    @property
    def resting(self) -> bool:
        return self.stopped is not None

    def begin(self) -> None:
        """A new count: rungs whose time is past are crossed out."""
        self.level, self.ours, self.again = 0, [], 0
        self.waiting = [name for name in LADDER if self.date_of(name) > self.now]

    def date_of(self, rung: str) -> datetime:
        steps = LADDER[rung][1][self.grade]
        if steps == 0:
            return self.awake(self.due)
        day = self.office.walk(self.office.day_of(self.due), steps)
        return self.awake(self.office.opening(day) if steps < 0 else self.office.close(day))

    def date_again(self, n: int) -> datetime:
        """When the last rung comes round for the n-th time: so many steps on the calendar, one after the other."""
        name = list(LADDER)[-1]
        day = self.office.walk(self.office.day_of(self.due), LADDER[name][1][self.grade])
        for turn in range(n):
            day = self.office.walk(day, AGAIN[min(turn, len(AGAIN) - 1)])
        return self.awake(self.office.close(day))

    def awake(self, at: datetime) -> datetime:
        """Nothing rings while the clock stands still: it rings when it goes on."""
        for begin, end in self.pauses:
            if begin < at < end:
                return end
        return at

    def sweep(self) -> None:
        self.climb()
        if not self.waiting and not self.resting:
            self.come_round()

    def come_round(self) -> None:
        """Of the repetitions that have come only the last one rings; the others are counted."""
        answer = self.request[1] if self.request else None
        come = 0
        while max(self.date_again(self.again + come + 1), answer or self.now) <= self.now:
            come += 1
        if come:
            self.again += come
            at = self.date_again(self.again)
            self.log.append((self.epoch, list(LADDER)[-1], max(at, answer or at), answer is not None, self.again, come - 1))

    def climb(self) -> None:
        while self.waiting and not self.resting:
            rung = self.waiting[0]
            level, date_of = LADDER[rung][0], self.date_of(rung)
            held = self.request is not None and level >= 1
            if (max(date_of, self.request[1]) if held and self.request else date_of) > self.now:
                return
            self.waiting.pop(0)
            self.log.append((self.epoch, rung, date_of, held, 0, 0))
            if held:
                self.ours.append(rung)
            else:
                self.level = max(self.level, level)

    def late(self) -> int:
        """How many working days late, one by one: what it was when it stopped, from the date asked for while a request waits."""
        if self.resting:
            return self.late_when_stopped
        since = self.due if self.request is None else max(self.due, self.request[0])
        return 0 if self.now < since else 1 + self.office.closes(since, self.now)

    def rest(self) -> None:
        if not self.resting:
            self.late_when_stopped = self.late()
            self.stopped = self.now
        self.request = None

    def go_on(self, least: str | None = None) -> None:
        assert self.stopped is not None
        self.pauses.append((self.stopped, self.now))
        self.stopped = None
        if not self.fixed:
            self.due = self.office.after(self.start, self.amount, self.pauses)
        elif self.due <= self.now:
            self.due = self.later(self.due, self.office.closes(*self.pauses[-1]))
        if least is not None and self.office.after(self.now, least) > self.due:
            self.due, self.fixed, self.start, self.amount = self.office.after(self.now, least), False, self.now, least
            self.epoch, self.pauses = self.epoch + 1, []
            self.begin()

    def asks_for_a_date(self) -> bool:
        """Whether a date that a person set fell inside the pause: then a person says the new one."""
        return self.fixed and self.stopped is not None and self.stopped < self.due <= self.now

    def go_on_by(self, to: datetime) -> None:
        self.due, self.epoch, self.pauses, self.stopped = to, self.epoch + 1, [], None
        self.begin()

    def later(self, at: datetime, steps: int) -> datetime:
        """The same hour so many working days later; a close stays a close, and a day of rest has none before the next one's."""
        day = self.office.day_of(at)
        on = self.office.walk(day, steps)
        if steps and (at == self.office.close(day) or not self.office.works(day)):
            return self.office.close(on)
        wall = at.astimezone(ZoneInfo(self.office.zone))
        return datetime(on.year, on.month, on.day, wall.hour, wall.minute, tzinfo=wall.tzinfo).astimezone(UTC)

    def may_ask(self, to: datetime) -> bool:
        left = len(self.grants) < EXTENSIONS[self.grade][0]
        return self.request is None and left and self.now < self.due < to <= self._cap()

    def ask(self, to: datetime) -> None:
        self.request = (to, self.office.after(self.now, "2 wd"))

    def may_grant(self, to: datetime | None) -> bool:
        if self.request is None:
            return False
        return max(self.due, self.now) < (to or self.request[0]) <= self._cap()

    def _cap(self) -> datetime:
        """No extension goes beyond it, counted from the first date promised."""
        return self.office.after(self.grants[0] if self.grants else self.due, EXTENSIONS[self.grade][1])

    def grant(self, to: datetime | None) -> None:
        assert self.request is not None
        self.grants.append(self.due)
        self.due, self.fixed, self.epoch, self.pauses = to or self.request[0], True, self.epoch + 1, []
        self.request = None
        self.begin()

    def refuse(self) -> None:
        self.request = None
        if self.ours:  # what rang at the office becomes the unit's now
            self.epoch += 1
            self.waiting, self.ours, self.again = [*self.ours, *self.waiting], [], 0
