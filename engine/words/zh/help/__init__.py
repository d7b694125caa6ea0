"""命令行帮助。"""

from __future__ import annotations

from engine.words.zh.help import commands, contents, options, people, trust

TEXTS = {**contents.TEXTS, **commands.TEXTS, **options.TEXTS, **trust.TEXTS, **people.TEXTS}
