"""A calendar as JSON text: reading it with every fault at once, and writing the one canonical text of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from engine.errors import Problem
from engine.rules.proof.chain import canonical
from engine.rules.worktime.day import (
    EARLIEST,
    KINDS,
    LATEST,
    NOTHING_COVERED,
    WORKED,
    CalendarError,
    Day,
    Periods,
    iso_date,
    problems_of_periods,
    read_object,
    shown,
    wrong,
)
from engine.rules.worktime.hours import Season, month_day

REQUIRED = frozenset({"name", "zone", "hours", "weekend"})
OPTIONAL = frozenset({"days", "covered_from", "covered_until", "fixed_holidays", "weekday_hours", "dated_hours", "units", "seasons"})

_PLACEHOLDER: dict[str, Any] = {"name": "?", "zone": "UTC", "hours": (("00:00", "24:00"),), "weekend": frozenset()}


def read(text: str) -> tuple[dict[str, Any], list[Problem]]:
    """The fields of a calendar and what could not be read; an unreadable field keeps a harmless value so that the
    rest is checked too.
    """
    node, problems = read_object(text, REQUIRED, OPTIONAL)
    fields = dict(_PLACEHOLDER)
    for key, reader in _READERS.items():
        if key in node:
            try:
                fields[key] = reader(node[key])
            except CalendarError as error:
                problems += [problem.within(key) for problem in error.problems]
    return fields, problems


def write(
    *, name: str, zone: str, hours: Periods, weekend: frozenset[int], days: Mapping[date, Day],
    covered_from: date, covered_until: date, fixed_holidays: Mapping[tuple[int, int], str],
    weekday_hours: Mapping[int, Periods], dated_hours: Mapping[date, Periods], units: Mapping[str, Mapping[date, Day]],
    seasons: tuple[Season, ...],
) -> str:
    """The canonical text: what the record stores and what the version is the hash of."""
    return canonical({
        "name": name,
        "zone": zone,
        "hours": hours,
        "weekend": sorted(weekend),
        "days": _written(days),
        "covered_from": covered_from.isoformat(),
        "covered_until": covered_until.isoformat(),
        "fixed_holidays": {f"{month:02}-{day:02}": name for (month, day), name in fixed_holidays.items()},
        "weekday_hours": {str(weekday): periods for weekday, periods in weekday_hours.items()},
        "dated_hours": {day.isoformat(): periods for day, periods in dated_hours.items()},
    } | ({"units": {unit: _written(own) for unit, own in units.items()}} if units else {}) | ({"seasons": [
        {"from": month_day(season.first), "to": month_day(season.last), "hours": season.hours} for season in seasons
    ]} if seasons else {}))


def _written(days: Mapping[date, Day]) -> dict[str, dict[str, Any]]:
    """What is not said is not written, so that the versions of calendars without it stay as they are."""
    return {
        day.isoformat(): {"kind": it.kind, "name": it.name, "notice": it.notice} | ({"hours": it.hours} if it.hours else {})
        for day, it in days.items()
    }


def check(
    *, name: str, zone: str, hours: Periods, weekend: frozenset[int], days: Mapping[date, Day] | None = None,
    covered_from: date = EARLIEST, covered_until: date = NOTHING_COVERED,
    fixed_holidays: Mapping[tuple[int, int], str] | None = None,
    weekday_hours: Mapping[int, Periods] | None = None, dated_hours: Mapping[date, Periods] | None = None,
    units: Mapping[str, Mapping[date, Day]] | None = None, seasons: tuple[Season, ...] = (),
) -> list[Problem]:
    """Every problem of a calendar's content; an empty list means that arithmetic on it always ends."""
    problems = [] if name.strip() else [Problem.at("problem-empty", "name")]
    problems += _problems_of_zone(zone)
    problems += problems_of_periods("hours", hours)
    problems += [Problem.at("problem-no-weekday", "weekend", value=day) for day in sorted(weekend) if not 0 <= day <= 6]
    if weekend >= frozenset(range(7)):
        problems.append(Problem.at("problem-no-open-week", "weekend"))
    for weekday, periods in (weekday_hours or {}).items():
        if not 0 <= weekday <= 6:
            problems.append(Problem.at("problem-no-weekday", "weekday_hours", value=weekday))
        problems += problems_of_periods(f"weekday_hours {weekday}", periods)
    for day, periods in (dated_hours or {}).items():
        problems += _problems_of_date("dated_hours", day)
        problems += problems_of_periods(f"dated_hours {day}", periods)
    problems += _problems_of_seasons(seasons)
    problems += _problems_of_days("days", days or {})
    for unit, own in (units or {}).items():
        problems += _problems_of_days(f"units {unit}", own)
    for month, number in fixed_holidays or {}:
        try:
            date(2000, month, number)
        except ValueError:
            problems.append(Problem.at("problem-absent-date", "fixed_holidays", value=f"{month:02}-{number:02}"))
    problems += _problems_of_date("covered_from", covered_from)
    if covered_until != NOTHING_COVERED:
        problems += _problems_of_date("covered_until", covered_until)
    return problems


def _problems_of_days(where: str, days: Mapping[date, Day]) -> list[Problem]:
    problems: list[Problem] = []
    for day, special in days.items():
        problems += _problems_of_date(where, day)
        if special.kind not in KINDS:
            problems.append(Problem.at(
                "problem-day-kind", where, day=day.isoformat(), kind=shown(special.kind), known=", ".join(sorted(KINDS)),
            ))
        if special.hours:
            problems += problems_of_periods(f"{where} {day}", special.hours)
            problems += [] if special.kind in WORKED else [Problem.at("problem-hours-unworked", where, day=day.isoformat())]
    return problems


def _problems_of_seasons(seasons: tuple[Season, ...]) -> list[Problem]:
    problems: list[Problem] = []
    for season in seasons:
        problems += problems_of_periods(f"seasons {season}", season.hours)
    for index, season in enumerate(seasons):
        problems += [
            Problem.at("problem-seasons-overlap", "seasons", season=str(season), other=str(other))
            for other in seasons[index + 1:] if season.overlaps(other)
        ]
    return problems


def _problems_of_zone(zone: str) -> list[Problem]:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):  # unknown; malformed; a folder of the time-zone database such as "Asia"
        return [Problem.at("problem-no-zone", "zone", value=shown(zone))]
    return []


def _problems_of_date(where: str, day: date) -> list[Problem]:
    if EARLIEST <= day <= LATEST:
        return []
    return [Problem.at("problem-out-of-range", where, value=day.isoformat(), first=EARLIEST.isoformat(), last=LATEST.isoformat())]


def _string(node: object) -> str:
    if not isinstance(node, str):
        raise wrong("problem-not-text", value=shown(node))
    return node


def _weekday(node: object) -> int:
    if type(node) is not int:
        raise wrong("problem-no-weekday", value=shown(node))
    return node


def _weekdays(node: object) -> frozenset[int]:
    if not isinstance(node, list):
        raise wrong("problem-no-weekdays")
    return frozenset(_weekday(item) for item in node)


def _periods(node: object) -> Periods:
    if not isinstance(node, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in node):
        raise wrong("problem-no-periods")
    return tuple((_string(begins), _string(ends)) for begins, ends in node)


def _day(node: object) -> Day:
    if not isinstance(node, dict) or "kind" not in node or not node.keys() <= {"kind", "name", "notice", "hours"}:
        raise wrong("problem-no-day")
    texts = {key: _string(value) for key, value in node.items() if key != "hours"}
    return Day(texts["kind"], texts.get("name", ""), texts.get("notice", ""), _periods(node["hours"]) if "hours" in node else ())


def _seasons(node: object) -> tuple[Season, ...]:
    if not isinstance(node, list):
        raise wrong("problem-no-list")
    return tuple(_season(item) for item in node)


def _season(node: object) -> Season:
    if not isinstance(node, dict) or node.keys() != {"from", "to", "hours"}:
        raise wrong("problem-no-season")
    edges = [_month_and_day(_string(node[key])) for key in ("from", "to")]
    for month, day in edges:
        try:
            date(2000, month, day)
        except ValueError:
            raise wrong("problem-absent-date", value=f"{month:02}-{day:02}") from None
    return Season(edges[0], edges[1], _periods(node["hours"]))


def _month_and_day(text: str) -> tuple[int, int]:
    month, dash, day = text.partition("-")
    if not (dash and month.isascii() and day.isascii() and month.isdecimal() and day.isdecimal()):
        raise wrong("problem-no-month-day", value=shown(text))
    return int(month), int(day)


def _weekday_key(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise wrong("problem-no-weekday", value=shown(text))
    return int(text)


def _mapping(key_of: Callable[[str], Any], value_of: Callable[[object], Any]) -> Callable[[object], dict[Any, Any]]:
    """A reader of an object that names everything unreadable in it, not only the first."""

    def reader(node: object) -> dict[Any, Any]:
        if not isinstance(node, dict):
            raise wrong("problem-no-object")
        found: dict[Any, Any] = {}
        problems: list[Problem] = []
        for key, value in node.items():
            try:
                found[key_of(key)] = value_of(value)
            except CalendarError as error:
                problems += [problem.within(key) for problem in error.problems]
        if problems:
            raise CalendarError(problems)
        return found

    return reader


_READERS: dict[str, Callable[[Any], Any]] = {
    "name": _string,
    "zone": _string,
    "hours": _periods,
    "weekend": _weekdays,
    "days": _mapping(iso_date, _day),
    "covered_from": iso_date,
    "covered_until": iso_date,
    "fixed_holidays": _mapping(_month_and_day, _string),
    "weekday_hours": _mapping(_weekday_key, _periods),
    "dated_hours": _mapping(iso_date, _periods),
    "units": _mapping(_string, _mapping(iso_date, _day)),
    "seasons": _seasons,
}
