"""Accounts."""

from __future__ import annotations

TEXTS = {
    "page.accounts.title": "Accounts",
    "page.accounts.active": "Those in use",
    "page.accounts.ended": "Also those that are off",
    "page.accounts.separate": "Part the administrator's work in three",
    "page.accounts.separate-what":
        "The system administrator enters accounts and keeps units and workflows, the security administrator says what accounts may, the "
        "auditor reads the log; none of them handles a ticket. The administrator's account ends by it, for good; each of the three needs "
        "an account with a password of its own.",
    "page.accounts.add": "Add an account",
    "page.accounts.until": "Until",
    "page.accounts.invite": "Make a link for the first sign-in",
    "page.accounts.enable": "Use it again",
    "page.accounts.suspend": "Suspend",
    "page.accounts.once": "This is shown once; hand it over in person or apart.",
    "page.accounts.secret": "Link or token",
    "page.accounts.by": "Who acts for it",
    "page.accounts.since": "From",
    "page.accounts.stand-in": "Stand in",
    "page.accounts.end": "End it",
    "page.accounts.tokens": "Tokens",
    "page.accounts.no-tokens": "No token.",
    "page.accounts.called": "For what",
    "page.accounts.scope": "Scope",
    "page.accounts.token": "Make a token",
    "page.accounts.revoke": "Revoke",
}
