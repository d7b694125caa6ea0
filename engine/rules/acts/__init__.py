"""What people do to a ticket, decided. In reading order: decide, guards, effects, opening, amend, proposals, handover, redaction."""
