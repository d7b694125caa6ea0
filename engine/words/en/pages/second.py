"""The second factor."""

from __future__ import annotations

TEXTS = {
    "page.second.title": "Second factor",
    "page.second.password": "Your password",
    "page.second.code": "Code",
    "page.second.hint": "the six digits that the phone shows now, or a recovery code",
    "page.second.go": "Sign in",
    "page.second.lost": "Without the phone and the recovery codes, ask the administrator to take the second factor away.",
    "page.second.set-up": (
        "Let an authenticator on the phone read this (any that knows TOTP; it needs no network), then type the six "
        "digits that it shows."
    ),
    "page.second.picture": "the secret as a picture; where it cannot be seen, type the one below into the phone",
    "page.second.by-hand": "The secret:",
    "page.second.is-on": (
        "This account has one. To take it away or to change the phone, give a code or a recovery code; every browser "
        "is signed out then."
    ),
    "page.second.turn-on": "Turn on",
    "page.second.turn-off": "Turn off",
    "page.second.done": "It is on: the next time you sign in, a code is asked for.",
    "page.second.keep": (
        "These are the recovery codes, shown this once. Print them or write them down and lock them away; each counts "
        "once."
    ),
    "page.second.kept": "I have them",
}
