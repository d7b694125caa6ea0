"""The page of an answer link."""

from __future__ import annotations

TEXTS = {
    "page.answer.title": "How was it handled?",
    "page.answer.about": "What you said on {day} by {source} (no. {ref}) has been dealt with.",
    "page.answer.until": "This link takes one answer, until {date}.",
    "page.answer.ask": "You are",
    "page.answer.because": "What is not right (any number)",
    "page.answer.text": "Anything else (no numbers of identity cards or bank cards, please)",
    "page.answer.go": "Send",
    "page.answer.thanks": "Thank you",
    "page.answer.taken": "Your answer was taken. If it is to be done again, somebody will get in touch with you.",
}
