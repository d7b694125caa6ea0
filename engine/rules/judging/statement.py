"""What an entry of the administration states, which people read, against the rows that it changes, which decide: they must be the same.

Each entry that there is names the rows it may change (`ENTRIES`), column by column; whatever else it changes was not said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.errors import Reason
from engine.rules.acts.lost_key import LOST_ASKED
from engine.rules.event import Event
from engine.rules.judging.judgement import UNFIT
from engine.rules.judging.known import Known
from engine.rules.judging.rows import accounts, intake, loaded, settings, units
from engine.rules.judging.rows.expected import Expected, Row, Rows, Said


def stated(event: Event, known: Known) -> Reason | None:
    """Why not, of an entry whose rows are not what it says. Entries of a record of before tell no rows."""
    if "rows" not in event.data and not known.tells_units:
        return None
    name = _name_of(event)
    rows_of = ENTRIES[event.kind].get(name)
    try:
        fits = rows_of is not None and _fits(rows_of, Said(event, known))
    except UNFIT:
        fits = False
    return None if fits else Reason("judged-rows", {"entry": event.kind if rows_of is None else f"{event.kind} {name}".rstrip()})


def _name_of(event: Event) -> str:
    """What an entry is called: by what was done, or which setting was set. Of some kinds there is one alone."""
    if "" in ENTRIES[event.kind]:
        return ""
    named = event.data.get("what") or event.data.get("name")
    return str(named or next((name for name in _TOPICS if name in event.data), ""))


def _fits(rows_of: Callable[[Said], Rows], said: Said) -> bool:
    expected = rows_of(said)
    if expected is None:
        return False
    tally = _Tally(list(expected))
    nodes = said.facts.get("rows", ())
    rows = (Row(node["table"], node["drop" if "drop" in node else "put"], "drop" in node) for node in nodes)
    return all(tally.take(row, said) for row in rows) and tally.complete()


@dataclass(slots=True)
class _Tally:
    """The rows of an entry that were found so far, by what they were expected as."""

    expected: list[Expected]
    found: dict[int, int] = field(default_factory=dict)

    def take(self, row: Row, said: Said) -> bool:
        """Whether the row was expected, and not yet found as often as it may be."""
        for place, item in enumerate(self.expected):
            if self.found.get(place, 0) < item.most and item.takes(row, said):
                self.found[place] = self.found.get(place, 0) + 1
                return True
        return False

    def complete(self) -> bool:
        return all(self.found.get(place, 0) >= item.least for place, item in enumerate(self.expected))


ENTRIES: Mapping[str, Mapping[str, Callable[[Said], Rows]]] = {
    "set": {
        "account.added": accounts.added, "account.set": accounts.changed, "account.disabled": accounts.disabled,
        "account.password": accounts.password, "account.rehashed": accounts.rehashed, "account.locked": settings.nothing,
        "account.invited": settings.nothing, "account.second-factor": accounts.second_factor,
        "account.recovery-code": accounts.second_factor, "account.second-factor-ended": accounts.second_factor_ended,
        "account.identity": accounts.identity,
        "account.token": accounts.token, "account.token-revoked": accounts.token_revoked,
        "account.stand-in": accounts.stand_in, "account.stand-in-ended": accounts.stand_in_ended,
        "account.portfolio": accounts.portfolio, "account.handed-over": accounts.handed_over,
        "office.separated": accounts.separated, "account.codes": settings.keepers, LOST_ASKED: settings.nothing,
        "unit.added": units.added, "unit.renamed": units.renamed, "unit.merged": units.merged, "unit.ended": units.ended,
        "office": settings.founded, "notice-asked-for": settings.asked, "key": settings.key, "notices": settings.notices,
        "ledger-columns": settings.columns, "ledger-answers": settings.answers,
        "ledger-proposals": intake.proposals, "feedback.refused": intake.refused,
        "successors": settings.successors, "resent": settings.nothing,
    },
    "loaded": {
        "accounts": loaded.accounts, "plan": loaded.plan, "workflow": loaded.workflow, "calendar": loaded.calendar,
        "dates": settings.nothing,
    },
    "sealed": {"": settings.sealed}, "restored": {"": settings.restored}, "clocked": {"": settings.clocked}, "read": {"": settings.nothing},
}
"""Every entry that there is, by its kind and what it is called, and the rows that it changes. What an upgrade tells is asked by whoever
folds the rows.
"""

_TOPICS = ("office", "notices", "resent")
"""Facts that say what an entry is called which has no name."""
