"""The writer of tickets, and what of them an actor may see. In reading order: tickets, reading, act, opening, earlier, batch, round,
leftovers, ledger_proposals, finding, succession, showing, explaining, understood, times, typed_accounts, intake, typed_opening,
typed_outing, typed_letter, typed_inputs, late_entries, filing, citations, evidence, packing, cursor, wanted, lists, wishes, saved_views,
next_steps, awaited, section_reader, today, unit_work, changes, figures, dashboard, digest, plan, people, naming, pages, state_board,
queues, bulk, uploads, drafts, uncollected.
"""
