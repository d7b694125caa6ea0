"""Several tickets at once."""

from __future__ import annotations

TEXTS = {
    "page.bulk.title": "Several at once",
    "page.bulk.choose": "What is to be done (for how many it is possible now):",
    "page.bulk.nothing": "There is nothing that you may do to these now.",
    "page.bulk.no-unit": "No unit yet",
    "page.bulk.told": "{act}: {done} done, {failed} not done.",
    "page.bulk.would": "A preview, nothing is done yet. {act}: possible for {could}, not for {barred}.",
    "page.bulk.then": "then: {state}",
    "page.bulk.done": "Done",
    "page.bulk.for-all": "For each that is ticked",
    "page.bulk.preview": "Only show what would happen",
    "page.bulk.became": "What became of each",
}
