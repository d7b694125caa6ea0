"""命令行帮助。"""

from __future__ import annotations

from engine.words.zh.help import commands, contents, options, people, registry, trust, watch

TEXTS = {**contents.TEXTS, **commands.TEXTS, **options.TEXTS, **people.TEXTS, **registry.TEXTS, **trust.TEXTS, **watch.TEXTS}
