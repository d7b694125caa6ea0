"""Signing in."""



from __future__ import annotations

TEXTS = {
    "page.sign_in.title": "Sign in",
    "page.sign_in.account": "Account",
    "page.sign_in.password": "Password",
    "page.sign_in.go": "Sign in",
    "page.sign_in.elsewhere": "Sign in by {label}",
    "page.sign_in.forgotten": "For the first time, or a forgotten password, ask your administrator for a one-time link.",
}
