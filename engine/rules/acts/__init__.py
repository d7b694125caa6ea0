"""What people do to a ticket, decided. In reading order: decide, guards, effects, requirement, known, opening, amend, proposals,
handover, redaction.
"""
