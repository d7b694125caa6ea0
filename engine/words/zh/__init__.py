"""中文文本，按代码排列，一类一个文件。

In reading order: names, screen, ledger, errors, unusable, faults, reasons, moments, notices, people, registry, calendars, workflows,
versions, definitions, proposals, registered, batches, evidence, typed, trust, judging, tables, watch, backup, help/.
"""

from __future__ import annotations

from engine.words.zh import (
    backup,
    batches,
    calendars,
    definitions,
    errors,
    evidence,
    faults,
    judging,
    ledger,
    moments,
    names,
    notices,
    people,
    proposals,
    reasons,
    registered,
    registry,
    screen,
    tables,
    trust,
    typed,
    unusable,
    versions,
    watch,
    workflows,
)

TEXTS = {
    **backup.TEXTS,
    **batches.TEXTS,
    **calendars.TEXTS,
    **definitions.TEXTS,
    **evidence.TEXTS,
    **faults.TEXTS,
    **judging.TEXTS,
    **ledger.TEXTS,
    **errors.TEXTS,
    **moments.TEXTS,
    **names.TEXTS,
    **notices.TEXTS,
    **people.TEXTS,
    **proposals.TEXTS,
    **reasons.TEXTS,
    **registered.TEXTS,
    **registry.TEXTS,
    **screen.TEXTS,
    **tables.TEXTS,
    **trust.TEXTS,
    **typed.TEXTS,
    **unusable.TEXTS,
    **versions.TEXTS,
    **watch.TEXTS,
    **workflows.TEXTS,
}
