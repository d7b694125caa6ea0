"""Help of `issue` and `waive`."""

from __future__ import annotations

TEXTS = {
    "short.issue": "sign a proposed supervision letter, circular, interview", "short.waive": "decide that a proposed letter is not sent",
    "help.issue": "Issues the letter that a rung proposed. Without --rung the highest, and the lower ones close with it; "
    "tickets of one unit and day are one letter.",
    "example.issue": "zg issue 1 --by 'the director'\nzg list --proposals --unit GAJ | zg issue - --by 'the director'",
    "help.waive": "Decides that what was proposed is not sent. Without --rung all of it; the level stays, but nothing counts as acted.",
    "example.waive": "zg waive 1 --reason 'they promised it in person'\nzg waive 1 --rung circular --reason 'the letter first'",
    "option.issue.in_by": "name or post of who signs", "option.in_rung": "which rung, such as circular",
    "option.proposals": "list the letters that wait for a signature: one line a unit, day and kind",
}
