"""The calendar of working days."""

from __future__ import annotations

TEXTS = {
    "page.calendars.title": "Calendar",
    "page.calendars.head": "{count} working days; office hours",
    "page.calendars.change": "Notices of holidays are imported by the administrator on the server.",
}
