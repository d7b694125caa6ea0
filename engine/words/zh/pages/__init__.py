"""网页上的文字，一类页面一个文件。

In reading order: frame, sign_in, second, invite, answer, account, today, queues, bulk, ledger, figures, due, tickets, paper, batches,
visits, onsite, rounds, imports, board, problem, about.
"""

from __future__ import annotations

from engine.words.zh.pages import (
    about,
    account,
    answer,
    batches,
    board,
    bulk,
    due,
    figures,
    frame,
    imports,
    invite,
    ledger,
    onsite,
    paper,
    problem,
    queues,
    rounds,
    second,
    sign_in,
    tickets,
    today,
    visits,
)

TEXTS = {
    **frame.TEXTS,
    **sign_in.TEXTS,
    **second.TEXTS,
    **invite.TEXTS,
    **answer.TEXTS,
    **account.TEXTS,
    **today.TEXTS,
    **queues.TEXTS,
    **bulk.TEXTS,
    **ledger.TEXTS,
    **figures.TEXTS,
    **due.TEXTS,
    **tickets.TEXTS,
    **paper.TEXTS,
    **batches.TEXTS,
    **visits.TEXTS,
    **onsite.TEXTS,
    **rounds.TEXTS,
    **imports.TEXTS,
    **board.TEXTS,
    **problem.TEXTS,
    **about.TEXTS,
}
