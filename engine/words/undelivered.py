"""Why a message did not arrive, in words."""

from __future__ import annotations

from engine.words import has
from engine.words.phrase import Phrase


def failure_text(phrase: Phrase, code: str | None) -> str:
    """Why a message did not arrive; a code that has no words as it is."""
    if not code:
        return ""
    kind, _, detail = code.partition("-")
    for text_code in (f"undelivered.{code}", f"undelivered.{kind}"):
        if has(text_code, phrase.language):
            return phrase.say(text_code, detail=detail)
    return code
