"""The doctor."""

from __future__ import annotations

TEXTS = {
    "page.doctor.title": "Doctor",
    "page.doctor.all-well": "All is well.",
    "page.doctor.somebody": "Somebody is needed.",
    "page.doctor.well": "well",
    "page.doctor.note": "note",
    "page.doctor.needs": "needed",
    "page.doctor.noted": "All is well; there is something to note.",
}
