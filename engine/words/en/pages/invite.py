"""The page of a one-time link."""

# ruff: noqa: E501 – a text stays on one line

from __future__ import annotations

TEXTS = {
    "page.invite.title": "Choose a password",
    "page.invite.for": "This one-time link is for {person} ({account}). Once you choose a password you are signed in, and the link is used up.",
    "page.invite.go": "Save and sign in",
}
