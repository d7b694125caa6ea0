"""Texts of `--help`."""

from __future__ import annotations

from engine.words.en.help import commands, contents, notices, options, people, proposals, registry, trust, watch

TEXTS = {
    **commands.TEXTS,
    **contents.TEXTS,
    **notices.TEXTS,
    **options.TEXTS,
    **people.TEXTS,
    **proposals.TEXTS,
    **registry.TEXTS,
    **trust.TEXTS,
    **watch.TEXTS,
}
