"""What every door shows: JSON values, and an event in words. In reading order: formula, moments, typed_words, part, denial, attempt,
duplicate, instruction, proposal, repetition, verdicts, course, ledger_proposal, ticket, rung, clocks, clock_text, today, unit_work,
figures, dashboard, digest, event, facts, entry, workflow, migration, people, batch, visit, round, going_over, feedback, reviews, names,
reader, account, saved_view, draft, ledger, state_board, ticket_page, queue, bulk, office_lists, onsite, imports, administration, api.
"""
