"""Units and whom to turn to."""

from __future__ import annotations

TEXTS = {
    "page.units.title": "Units",
    "page.units.administration": "Administration",
    "page.units.in-force": "Those in force",
    "page.units.ended": "Those that ended",
    "page.units.add": "Add a unit",
    "page.units.parent": "Above it",
    "page.units.members": "Members",
    "page.units.ended-on": "Ended on",
    "page.units.names": "Names",
    "page.units.people": "People",
    "page.units.nobody": "No account.",
    "page.units.rename": "Rename",
    "page.units.new-name": "New name",
    "page.units.since": "From",
    "page.units.basis": "Basis",
}
