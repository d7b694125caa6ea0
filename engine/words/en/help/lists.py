"""The ledger, today, the figures: their filters."""



from __future__ import annotations

TEXTS = {
    "option.all_": "closed ones too", "option.closed": "closed ones only", "option.state": "the state; may be repeated: either of them",
    "option.unit": "the unit that leads or cooperates; may be repeated", "option.light": "the light; may be repeated",
    "option.overdue": "only open ones that are late", "option.list.source": "the source; may be repeated",
    "option.turn": "whose turn: office, lead, cooperator, head; may be repeated", "option.text": "words of title or number",
    "option.sort": "due, turn-due, number, newest, changed, level", "option.limit": "tickets on a page; a program gets all without it",
    "option.after": "go on after this ticket, or the cursor of the page before",
}
