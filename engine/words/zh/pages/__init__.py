"""网页上的文字，一类页面一个文件。

In reading order: frame, sign_in, invite, account, today, ledger, tickets, problem, about.
"""

from __future__ import annotations

from engine.words.zh.pages import (
    about,
    account,
    frame,
    invite,
    ledger,
    problem,
    sign_in,
    tickets,
    today,
)

TEXTS = {
    **frame.TEXTS,
    **sign_in.TEXTS,
    **invite.TEXTS,
    **account.TEXTS,
    **today.TEXTS,
    **ledger.TEXTS,
    **tickets.TEXTS,
    **problem.TEXTS,
    **about.TEXTS,
}
