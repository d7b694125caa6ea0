"""Texts of `--help`."""

from __future__ import annotations

from engine.words.en.help import commands, contents, options, people, trust

TEXTS = {**contents.TEXTS, **commands.TEXTS, **options.TEXTS, **trust.TEXTS, **people.TEXTS}
