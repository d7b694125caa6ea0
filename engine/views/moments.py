"""Moments and days as text: what stands in JSON for a time."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from functools import lru_cache

from engine.rules.proof.chain import stamp


@lru_cache(maxsize=4_096)
def moment_text(at: datetime | None) -> str | None:
    """ISO 8601 in UTC, to the second unless there is more to say."""
    if at is None:
        return None
    text = stamp(at)
    return text.replace(".000000", "")


def local_text(at: datetime | None, zone: tzinfo) -> str | None:
    """ISO 8601 as the office's clock shows it, with its distance from UTC: what stands in lines for programs."""
    return at.astimezone(zone).isoformat(timespec="seconds") if at else None


def date_text(day: date | None) -> str | None:
    """A day as ISO 8601."""
    return day.isoformat() if day else None


@lru_cache(maxsize=4_096)
def day_text(at: datetime | None, zone: tzinfo) -> str | None:
    """The day of the moment in the office's zone."""
    return at.astimezone(zone).date().isoformat() if at else None
