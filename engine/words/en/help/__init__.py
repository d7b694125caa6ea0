"""Texts of `--help`.

In reading order: contents, commands, options, lists, accounts, people, registry, calendars, proposals, registered, batches,
visits, feedback, importing, rounds, notices, evidence, trust, watch, web.
"""

from __future__ import annotations

from engine.words.en.help import (
    accounts,
    batches,
    calendars,
    commands,
    contents,
    evidence,
    feedback,
    importing,
    lists,
    notices,
    options,
    people,
    proposals,
    registered,
    registry,
    rounds,
    trust,
    visits,
    watch,
    web,
)

TEXTS = {
    **contents.TEXTS,
    **commands.TEXTS,
    **options.TEXTS,
    **lists.TEXTS,
    **accounts.TEXTS,
    **batches.TEXTS,
    **visits.TEXTS,
    **feedback.TEXTS,
    **notices.TEXTS,
    **people.TEXTS,
    **proposals.TEXTS,
    **registered.TEXTS,
    **registry.TEXTS,
    **rounds.TEXTS,
    **trust.TEXTS,
    **watch.TEXTS,
    **web.TEXTS,
    **evidence.TEXTS,
    **importing.TEXTS,
    **calendars.TEXTS,
}
