"""What people do to a ticket, decided. In reading order: command, given, decide, guards/, effects/, overtaken, requirement, rule_names,
opening, ledger_item, ledger_item_problems, importing, amend, duplicates, repeats, extension, proposals, consent, late_entry, handover,
migration, office_event, redaction, lost_key, batch.
"""
