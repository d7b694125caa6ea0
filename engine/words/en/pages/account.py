"""The own account."""



from __future__ import annotations

TEXTS = {
    "page.account.title": "My account",
    "page.account.password": "Change the password",
    "page.account.old": "Current password",
    "page.account.new": "New password",
    "page.account.again": "The same again",
    "page.account.rule": "At least {shortest} characters; a sentence is fine, and longer is better.",
    "page.account.change": "Change",
    "page.account.sessions": "Where you are signed in",
    "page.account.this": "this one",
    "page.account.session": "since {begun}, last seen {seen}",
    "page.account.end": "Sign out",
    "page.account.end-others": "Sign out everywhere else",
    "page.account.before": (
        "You signed in before at {at}, from {address}. If that was not you, change the password now and tell the "
        "administrator."
    ),
    "page.account.first": "Somebody else set the password of now, or it is too old. Choose one of your own to go on.",
    "page.account.second": "Second factor",
    "page.account.done-password": "The password is changed, and every other browser is signed out.",
    "page.account.done-session": "Signed out.",
}
