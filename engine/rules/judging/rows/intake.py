"""The rows that entries about what came in change: what ledgers say otherwise than tickets, and what could not be taken in."""

from __future__ import annotations

from engine.rules.judging.rows.expected import Expected, Rows, Said, anything, now, one_of, several, something


def proposals(said: Said) -> Rows:
    """What a ledger says otherwise than the tickets that it is about, and what it says otherwise no more."""
    count, over = said.facts["count"], said.facts["over"]
    key = {"ticket": something, "field": something}
    rest = dict.fromkeys(("was", "says", "sheet"), anything) | dict.fromkeys(("line", "version"), something)
    told = Expected("ledger_proposal", {**key, **rest, "file": said.facts["sha256"], "told_at": now}, new=True)
    return [several(told, count, count), several(Expected("ledger_proposal", key, drops=True), over, over)]


def refused(said: Said) -> Rows:
    """The complaints and reviews of a sender that could not be taken in, and those that were taken in since or dismissed: each is named."""
    refs, over, source = said.facts["refs"], said.facts["over"], said.facts["source"]
    rest = dict.fromkeys(("rating", "unit", "line", "reasons"), anything)
    told = Expected("feedback_refusal", {
        "source": source, "ref": one_of(*refs), "stated_at": something, "file": said.facts.get("file"), "refused_at": now, **rest,
    }, new=True)
    gone = Expected("feedback_refusal", {"source": source, "ref": one_of(*over)}, drops=True)
    return [several(told, len(refs), len(refs)), several(gone, len(over), len(over))]
