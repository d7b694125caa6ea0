"""A week's digest."""

from __future__ import annotations

TEXTS = {
    "page.digest.title": "The week",
    "page.digest.said": (
        "In seven days {opened} came (the week before {opened_before}) and {closed} were closed "
        "({closed_before}); {open} are open, {late} of them late."
    ),
    "page.digest.units": "Your units",
    "page.digest.late": "Late",
    "page.digest.coming": "Due in the next seven days",
    "page.digest.none": "None.",
}
